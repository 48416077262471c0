// All runs: found by state, space and words, sorted, and put side by side.

import { query } from "../app/client.js";
import { go } from "../app/router.js";
import { h, list } from "../dom/h.js";
import { metricText, titleOf } from "../format/metrics.js";
import { count, percent } from "../format/numbers.js";
import { ago } from "../format/times.js";
import { badge } from "../ui/badge.js";
import { field, select, textInput } from "../ui/field.js";
import { noteMark } from "../ui/noteMark.js";
import { pager } from "../ui/pager.js";
import { empty, pageHead } from "../ui/panel.js";
import { progressBar } from "../ui/progress.js";
import { table } from "../ui/table.js";
import { announce } from "../ui/toast.js";

const limit = 50;
const mostCompared = 6;
const chosen = new Set();

export async function open(page) {
  page.title("Runs");
  const filter = Object.fromEntries(["state", "space", "q", "sort", "cursor"].map(name => [name, page.query.get(name)]));
  const spaces = await page.get("/spaces").catch(() => ({ items: [] }));
  let answer = null;
  const draw = () => page.show(view(page, filter, spaces.items, answer, draw));
  const load = async () => {
    answer = await page.get(`/runs${query({ ...filter, sort: filter.sort ?? "createdAt", limit })}`);
    draw();
  };

  await load();
  announce(`${answer.items.length} runs`);
  const reload = page.coalesce(load, 1500);
  page.follow({ topic: "runs" }, reload);
}

function view(page, filter, spaces, { items, total, nextCursor }, draw) {
  const names = [...new Set([...spaces.map(space => space.name), ...items.map(run => run.space), ...(filter.space ? [filter.space] : [])])].sort();
  const ask = (name, value) => page.ask({ [name]: value, cursor: null, trail: null });
  const isFiltered = filter.state || filter.space || filter.q;
  return list(
    pageHead("Runs", { actions: h("a", { class: "button primary", href: "/new" }, "New search") }),
    h("div", { class: "filters", role: "search" },
      field("Find", textInput(filter.q, value => ask("q", value.trim()), { type: "search", placeholder: "Name, id or note" })),
      field("State", select(filter.state, [["", "All"], ["running", "Running"], ["done", "Done"], ["failed", "Failed"], ["stopped", "Stopped"]], value => ask("state", value))),
      field("Space", select(filter.space, [["", "All"], ...names], value => ask("space", value))),
      field("Order", select(filter.sort ?? "createdAt", [["createdAt", "Newest first"], ["name", "Name"]], value => ask("sort", value === "createdAt" ? null : value)))),
    h("section", { class: "panel flush", "aria-label": "Runs" },
      chosen.size > 0 && h("div", { class: "batch" },
        h("span", { class: "grow" }, `${count(chosen.size)} chosen${chosen.size > mostCompared ? `; at most ${mostCompared} can be compared` : ""}`),
        h("button", { type: "button", class: "button", onclick: () => { chosen.clear(); draw(); } }, "Choose none"),
        h("button", { type: "button", class: "button primary", disabled: chosen.size < 2 || chosen.size > mostCompared, onclick: () => go(`/compare?runs=${[...chosen].map(encodeURIComponent).join(",")}`) }, "Compare fronts")),
      items.length === 0
        ? isFiltered ? empty("No run is like that. ", h("a", { href: "/runs" }, "Show all")) : empty("There is no run yet. ", h("a", { href: "/new" }, "Start the first search"), ".")
        : table({ caption: "Runs", rows: items, key: run => run.id, chosen: run => chosen.has(run.id), columns: columns(draw) }),
      pager(page, { total, shown: items.length, next: nextCursor, limit })));
}

function columns(draw) {
  return [
    { name: "Choose", select: true, head: () => h("span", { class: "hidden-text" }, "Choose"), cell: run => h("input", { type: "checkbox", "aria-label": `Choose ${run.id}`, checked: chosen.has(run.id), onchange: event => { chosen[event.target.checked ? "add" : "delete"](run.id); draw(); } }) },
    { name: "Run", lead: true, cell: run => h("span", null, h("a", { href: `/runs/${encodeURIComponent(run.id)}` }, run.name), noteMark(run.note), h("span", { class: "note" }, run.id)) },
    { name: "State", cell: run => (run.progress ? h("span", null, badge(run.state), progressBar({ title: run.progress.step, done: run.progress.done, total: run.progress.total })) : badge(run.state)) },
    { name: "Space", tight: true, cell: run => run.space },
    { name: "Best", tight: true, cell: run => h("span", null, Object.entries(run.best ?? {}).map(([key, value]) => h("span", { class: "note", title: titleOf(key) }, metricText(key, value)))) },
    { name: "Front", number: true, cell: run => (run.frontSize ? count(run.frontSize) : "–") },
    { name: "Hypervolume", number: true, cell: run => percent(run.hypervolume) },
    { name: "Evaluations", number: true, cell: run => count(run.evaluations) },
    { name: "Started", tight: true, cell: run => ago(run.createdAt) },
  ];
}
