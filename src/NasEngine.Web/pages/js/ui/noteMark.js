// A mark for runs that somebody wrote about.

import { h } from "../dom/h.js";
import { icon } from "./icon.js";

/** The mark with the note's beginning to hover; nothing where there is no note. */
export function noteMark(text) {
  return text ? h("span", { class: "note-mark", title: text, role: "img", "aria-label": `Note: ${text}` }, icon("note")) : null;
}
