// Tables that become cards on narrow screens.

import { h } from "../dom/h.js";

/**
 * Makes a table. A column is { name, cell(row), number, tight, lead, wrap, sort, select }; rows have a key(row).
 * A column with `sort` has a button as its head: { active, descending, choose() }.
 */
export function table({ caption, columns, rows, key, chosen = () => false, plain = false }) {
  return h("div", { class: "scroll", tabindex: plain ? null : "0", role: plain ? null : "group", "aria-label": plain ? null : caption }, h("table", { class: "table cards" },
    h("caption", { class: "hidden-text" }, caption),
    h("thead", null, h("tr", null, columns.map(head))),
    h("tbody", null, rows.map(row => h("tr", { key: key(row), class: chosen(row) ? "chosen" : null },
      columns.map(column => h("td", { class: classOf(column), "data-name": column.name }, column.cell(row))))))));
}

function head(column) {
  const { sort } = column;
  return h("th", { scope: "col", class: classOf(column), "aria-sort": sort?.active ? (sort.descending ? "descending" : "ascending") : null },
    column.head ? column.head() : sort
      ? h("button", { type: "button", class: "sort", onclick: sort.choose }, column.name, sort.active ? (sort.descending ? " ↓" : " ↑") : "")
      : column.name);
}

function classOf({ number, tight, lead, wrap, select }) {
  return [number && "number", tight && "tight", lead && "lead", wrap && "wrap", select && "bare-cell tight"].filter(Boolean).join(" ") || null;
}
