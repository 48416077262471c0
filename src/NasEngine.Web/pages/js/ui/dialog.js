// Questions before something happens that cannot be taken back, and small forms.

import { h } from "../dom/h.js";

let last = 0;

/** Asks; gives true if the person says so. */
export function confirm(title, text, { action = "OK", danger = false } = {}) {
  return ask(title, h("p", null, text), { action, danger }).then(answer => answer !== null);
}

/** Shows a form; gives its values by name, or null if the person turns away. */
export function ask(title, content, { action = "OK", danger = false } = {}) {
  const id = `dialog-${last += 1}`;
  return new Promise(resolve => {
    const form = h("form", { method: "dialog" },
      h("h2", { id }, title),
      content,
      h("div", { class: "actions" },
        h("button", { type: "button", class: "button", onclick: () => dialog.close("") }, "Cancel"),
        h("button", { type: "submit", class: `button ${danger ? "danger" : "primary"}`, value: "ok" }, action)));
    const dialog = h("dialog", { "aria-labelledby": id }, form);
    dialog.addEventListener("close", () => {
      const answer = dialog.returnValue === "ok" ? Object.fromEntries(new FormData(form)) : null;
      dialog.remove();
      resolve(answer);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Shows something that needs no answer. */
export function tell(title, content) {
  const id = `dialog-${last += 1}`;
  const dialog = h("dialog", { "aria-labelledby": id }, h("h2", { id }, title), content,
    h("div", { class: "actions" }, h("button", { type: "button", class: "button primary", onclick: () => dialog.close() }, "Close")));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
