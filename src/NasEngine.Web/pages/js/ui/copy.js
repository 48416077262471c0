// A text to take along.

import { h } from "../dom/h.js";
import { toast } from "./toast.js";

/** A command or a token with a button that copies it. */
export function copyable(text, label = "Copy") {
  return h("div", { class: "command" }, h("code", null, text), h("button", { type: "button", class: "button", onclick: () => copy(text) }, label));
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast("Copied.");
  } catch {
    toast("The browser does not let pages copy here: select the text instead.", "bad");
  }
}
