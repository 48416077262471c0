// Pages of a long list, by cursor: the cursors of the pages before are kept in the address, so that the way back works.

import { h } from "../dom/h.js";
import { count } from "../format/numbers.js";

/** Shows where in a list the page is. The address holds `cursor` and the cursors before it. */
export function pager(page, { total, shown, next, limit }) {
  const trail = page.query.get("trail")?.split("~").filter(Boolean) ?? [];
  const cursor = page.query.get("cursor");
  const first = (cursor ? trail.length + 1 : 0) * limit;
  const forward = () => page.ask({ cursor: next, trail: cursor ? [...trail, cursor].join("~") : null }, { replace: false });
  const back = () => page.ask({ cursor: trail.at(-1), trail: trail.slice(0, -1).join("~") }, { replace: false });
  if (!cursor && !next) return shown > 8 ? h("div", { class: "pager" }, `${count(total ?? shown)} in all`) : null;
  return h("div", { class: "pager" },
    h("span", { class: "grow" }, `${count(first + 1)}–${count(first + shown)}${Number.isFinite(total) ? ` of ${count(total)}` : ""}`),
    h("button", { type: "button", class: "button", disabled: !cursor, onclick: back }, "Newer"),
    h("button", { type: "button", class: "button", disabled: !next, onclick: forward }, "Older"));
}
