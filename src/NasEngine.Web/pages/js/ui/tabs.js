// Tabs as links: each has an address, the back button works, and the keyboard needs no rules of its own.

import { h } from "../dom/h.js";
import { count } from "../format/numbers.js";

/** Makes tabs from items { value, text, number }; the chosen one is in the address under `name`. */
export function tabs(label, name, chosen, items) {
  return h("nav", { class: "tabs", "aria-label": label }, items.map(item => {
    const query = new URLSearchParams(location.search);
    for (const gone of ["cursor", "trail"]) query.delete(gone);
    query.set(name, item.value);
    return h("a", { href: `${location.pathname}?${query}`, "data-keep-scroll": true, "aria-current": item.value === chosen ? "page" : null },
      item.text, item.number !== undefined && h("span", { class: "count" }, count(item.number)));
  }));
}
