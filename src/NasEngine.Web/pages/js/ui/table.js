// Tables that become cards on narrow screens.

import { h } from "../dom/h.js";

/**
 * Makes a table. A column is { name, cell(row), number, tight, lead, wrap, minor, select, head }; rows have a key(row).
 * A lead column is the title of a card; a minor one is left out there. A column with `select` holds a box to tick.
 */
export function table({ caption, columns, rows, key, chosen = () => false, plain = false }) {
  return h("div", { class: "scroll", tabindex: plain ? null : "0", role: plain ? null : "group", "aria-label": plain ? null : caption }, h("table", { class: "table cards" },
    h("caption", { class: "hidden-text" }, caption),
    h("thead", null, h("tr", null, columns.map(head))),
    h("tbody", null, rows.map(row => h("tr", { key: key(row), class: chosen(row) ? "chosen" : null },
      columns.map(column => h("td", { class: classOf(column), "data-name": column.name }, column.cell(row))))))));
}

function head(column) {
  return h("th", { scope: "col", class: classOf(column) }, column.head ? column.head() : column.name);
}

function classOf({ number, tight, lead, wrap, select, minor }) {
  return [minor && "minor", number && "number", tight && "tight", lead && "lead", wrap && "wrap", select && "select-cell tight"].filter(Boolean).join(" ") || null;
}
