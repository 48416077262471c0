// A text area for JSON with line numbers and marked lines.

import { h } from "../dom/h.js";
import { widget } from "../dom/widget.js";
import { toast } from "./toast.js";

const largest = 1024 * 1024;

/**
 * Makes an editor. Props: text, label, faulty (a set of line numbers), oninput(text), rows.
 * The text is written into the area only when it differs from what was last given: typing is never overwritten.
 */
export function jsonEditor(key, props) {
  return widget(kind, props, { key, class: "editor" });
}

/** Puts the cursor on a line of the editor with that label. */
export function goToLine(label, line) {
  const area = document.querySelector(`textarea[aria-label="${CSS.escape(label)}"]`);
  if (!area) return;
  const lines = area.value.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
  area.focus();
  area.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
  const height = Number.parseFloat(getComputedStyle(area).lineHeight);
  area.scrollTop = Math.max(0, (line - 4) * height);
  area.scrollIntoView({ block: "center" });
}

/** Reads a file that a person chose or dropped; says so if it cannot be JSON. */
export async function readTextFile(file) {
  if (!file) return null;
  if (file.size > largest) {
    toast(`${file.name} is larger than 1 MiB.`, "bad");
    return null;
  }

  return file.text();
}

const kind = {
  name: "editor",
  create(host, first) {
    let props = first;
    let given = first.text;
    const numbers = h("div", { class: "editor-lines", "aria-hidden": "true" });
    const area = h("textarea", { spellcheck: "false", autocapitalize: "off", autocomplete: "off", wrap: "off", "aria-label": first.label, rows: first.rows ?? 22 });
    const count = () => {
      const lines = area.value.split("\n").length;
      numbers.replaceChildren(...Array.from({ length: lines }, (_, index) => h("span", { class: props.faulty?.has(index + 1) ? "bad-line" : null }, index + 1)));
      numbers.scrollTop = area.scrollTop;
      area.setAttribute("aria-invalid", String((props.faulty?.size ?? 0) > 0));
    };
    area.value = given;
    area.addEventListener("input", () => {
      count();
      given = area.value;
      props.oninput(area.value);
    });
    area.addEventListener("scroll", () => {
      numbers.scrollTop = area.scrollTop;
    });
    area.addEventListener("keydown", event => indent(event, area));
    new ResizeObserver(() => {
      numbers.style.height = `${area.offsetHeight}px`;
    }).observe(area);
    drop(host, text => {
      area.value = text;
      given = text;
      count();
      props.oninput(text);
    });
    host.append(numbers, area);
    count();
    return {
      update(next) {
        props = next;
        if (next.text !== given) {
          given = next.text;
          area.value = next.text;
        }

        count();
      },
      dispose() {},
    };
  },
};

// Enter keeps the indent of the line. Tab is left alone: it leads on to the next control.
function indent(event, area) {
  if (event.key !== "Enter" || event.isComposing) return;
  const before = area.value.slice(0, area.selectionStart);
  const line = before.slice(before.lastIndexOf("\n") + 1);
  const blanks = line.match(/^ */)[0] + (/[[{]\s*$/.test(line) ? "  " : "");
  event.preventDefault();
  area.setRangeText(`\n${blanks}`, area.selectionStart, area.selectionEnd, "end");
  area.dispatchEvent(new Event("input"));
}

function drop(host, take) {
  host.addEventListener("dragover", event => {
    event.preventDefault();
    host.classList.add("drop");
  });
  host.addEventListener("dragleave", () => host.classList.remove("drop"));
  host.addEventListener("drop", async event => {
    event.preventDefault();
    host.classList.remove("drop");
    const text = await readTextFile(event.dataTransfer.files[0]);
    if (text !== null) take(text);
  });
}
