// How far something is.

import { h } from "../dom/h.js";
import { count } from "../format/numbers.js";

/** A bar with words: { title, done, total, unit, note }. Without a total it only says how much is done. */
export function progressBar({ title, done, total, unit, note }, key) {
  const amount = total ? `${count(done)} of ${count(total)}${unit ? ` ${unit}` : ""}` : `${count(done ?? 0)}${unit ? ` ${unit}` : ""}`;
  return h("div", { class: "progress", key },
    h("div", { class: "progress-text" }, h("span", null, title, note && h("span", { class: "note" }, ` ${note}`)), h("span", null, amount)),
    h("progress", { max: total || 1, value: total ? Math.min(done ?? 0, total) : null, "aria-label": `${title}: ${amount}` }));
}
