// The head of a page, and its framed parts.

import { h } from "../dom/h.js";

/** The title of a page with what can be done there. */
export function pageHead(title, { note, badge, actions } = {}) {
  return h("div", { class: "head" },
    h("div", { class: "grow" }, h("h1", null, title, badge && " ", badge), note && h("p", { class: "note" }, note)),
    actions && h("div", { class: "actions" }, actions));
}

/** A framed part of a page with a heading. */
export function panel(title, content, { actions, size = "", flush = false, note } = {}) {
  return h("section", { class: `panel ${size}${flush ? " flush" : ""}`, "aria-label": title },
    h("div", { class: "panel-head" }, h("h2", null, title), actions && h("div", { class: "actions" }, actions)),
    note && h("p", { class: "note" }, note),
    content);
}

/** Says that there is nothing, and what to do about it. */
export function empty(...content) {
  return h("p", { class: "empty" }, content);
}

/** Names and values, one under the other. Values that are undefined are left out. */
export function facts(pairs) {
  return h("dl", { class: "facts" }, pairs.filter(([, value]) => value !== undefined).map(([name, value]) => [h("dt", null, name), h("dd", null, value ?? "–")]));
}

/** Figures side by side: { name, value, note, href, bad }. */
export function stats(items) {
  return h("div", { class: "stats" }, items.filter(Boolean).map(item => h(item.href ? "a" : "div", { href: item.href },
    h("span", { class: "stat-name" }, item.name),
    h("span", { class: `stat-value${item.bad ? " bad-text" : ""}` }, item.value),
    item.note && h("span", { class: "stat-note" }, item.note))));
}
