// What people wrote about a run, and the form to change it. Two may write at once: the later one sees what the other wrote before anything is replaced.

import { mayAct, put } from "../../app/client.js";
import { h } from "../../dom/h.js";
import { count } from "../../format/numbers.js";
import { ago } from "../../format/times.js";
import { confirm } from "../../ui/dialog.js";
import { panel } from "../../ui/panel.js";

const longest = 20_000;

export class NotePanel {
  #context;
  #draft = null;
  #base = null;
  #isSaving = false;
  #drawSoon;

  constructor(context) {
    this.#context = context;
    this.#drawSoon = context.page.coalesce(async () => context.draw(), 200);
  }

  /** The button that begins a note, where there is none. */
  action() {
    return mayAct() && this.#draft === null && !this.#note.text && h("button", { type: "button", class: "button", onclick: () => this.#edit() }, "Add a note");
  }

  view() {
    if (this.#draft !== null) return panel("Note", this.#form(), { size: "note-panel" });
    const { text, changedAt } = this.#note;
    if (!text) return null;
    return panel("Note", noteText(text), {
      size: "note-panel",
      actions: [h("span", { class: "note" }, "changed ", ago(changedAt)), mayAct() && h("button", { type: "button", class: "button", onclick: () => this.#edit() }, "Edit")],
    });
  }

  get #note() {
    return this.#context.run.note;
  }

  #edit() {
    this.#draft = this.#note.text;
    this.#base = this.#note;
    this.#context.draw();
    document.getElementById("run-note")?.focus();
  }

  #form() {
    const isChangedElsewhere = this.#note.version !== this.#base.version;
    const tooLong = this.#draft.length > longest;
    return h("form", { class: "stack", onsubmit: event => { event.preventDefault(); this.#save(); } },
      h("textarea", {
        id: "run-note", "aria-label": "Note on this run", rows: 7, value: this.#draft, "aria-invalid": String(tooLong), "aria-describedby": "run-note-length",
        oninput: event => { this.#draft = event.target.value; this.#drawSoon(); },
        onkeydown: event => event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.form.requestSubmit(),
      }),
      isChangedElsewhere && h("div", { class: "note-conflict", role: "alert" },
        h("p", null, h("b", null, "Somebody else has changed this note since you began. "), this.#note.text ? "It reads now:" : "It is empty now."),
        this.#note.text && noteText(this.#note.text)),
      h("p", { id: "run-note-length", class: `note${tooLong ? " bad-text" : ""}` }, `Plain text, ${count(this.#draft.length)} of at most ${count(longest)} characters. Everybody who may look at the run can read it.`),
      h("div", { class: "actions" },
        h("button", { type: "button", class: "button", onclick: () => this.#cancel() }, "Cancel"),
        isChangedElsewhere && h("button", { type: "button", class: "button", key: "take", onclick: () => this.#take() }, "Go on from theirs"),
        isChangedElsewhere && h("button", { type: "button", class: "button danger", key: "replace", disabled: this.#isSaving || tooLong, onclick: () => this.#replace() }, "Replace theirs"),
        !isChangedElsewhere && h("button", { type: "submit", class: "button primary", key: "save", disabled: this.#isSaving || tooLong }, "Save note")));
  }

  async #save() {
    const { page, path, draw, load } = this.#context;
    if (this.#isSaving || this.#draft.length > longest) return;
    this.#isSaving = true;
    draw();
    const saved = await page.act(() => put(`${path}/note`, { text: this.#draft, version: this.#base.version }), answer => (answer.text ? "The note was saved." : "The note was removed."));
    this.#isSaving = false;
    if (saved) {
      this.#context.run.note = saved;
      this.#draft = null;
      draw();
    } else {
      await load();
    }
  }

  #replace() {
    this.#base = this.#note;
    this.#save();
  }

  #take() {
    this.#draft = this.#note.text;
    this.#base = this.#note;
    this.#context.draw();
    document.getElementById("run-note")?.focus();
  }

  async #cancel() {
    if (this.#draft !== this.#base.text && !await confirm("Discard what you wrote?", "The note stays as it is.", { action: "Discard", danger: true })) return;
    this.#draft = null;
    this.#context.draw();
  }
}

function noteText(text) {
  return h("p", { class: "note-text", tabindex: "0", role: "group", "aria-label": "Text of the note" }, text);
}
