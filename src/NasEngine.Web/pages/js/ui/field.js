// Labelled inputs.

import { h } from "../dom/h.js";

let last = 0;

/** A label around an input. */
export function field(label, input, hint) {
  return h("label", { class: "field" }, h("span", null, label), input, hint && h("span", { class: "hint" }, hint));
}

/** A choice among texts, or among [value, text] pairs. */
export function select(value, options, onchange, attributes) {
  return h("select", { ...attributes, value: value ?? "", onchange: event => onchange?.(event.target.value, event) },
    options.map(option => {
      const [key, text] = Array.isArray(option) ? option : [option, option];
      return h("option", { value: key, selected: key === (value ?? "") }, text);
    }));
}

/** An input that waits until a person pauses before it says what they wrote. */
export function textInput(value, onsettled, { delay = 300, ...attributes } = {}) {
  let timer = 0;
  return h("input", {
    type: "text", autocomplete: "off", spellcheck: "false", ...attributes, value: value ?? "",
    oninput: event => {
      clearTimeout(timer);
      const { target } = event;
      timer = setTimeout(() => onsettled(target.value), delay);
    },
  });
}

/** A name that no other element has. */
export function freshId(prefix) {
  return `${prefix}-${last += 1}`;
}
