// Jobs by state, as queues show them everywhere: enqueued, scheduled, processing, succeeded, failed, deleted, awaiting.

import { mayAct, post, query } from "../app/client.js";
import { h, list } from "../dom/h.js";
import { jobStates, stateTitle } from "../format/states.js";
import { count, plural } from "../format/numbers.js";
import { confirm } from "../ui/dialog.js";
import { field, select, textInput } from "../ui/field.js";
import { pager } from "../ui/pager.js";
import { empty, pageHead } from "../ui/panel.js";
import { tabs } from "../ui/tabs.js";
import { announce } from "../ui/toast.js";
import { jobTable } from "./jobs/jobTable.js";

const limit = 50;

export async function open(page) {
  const state = jobStates.includes(page.query.get("state")) ? page.query.get("state") : "processing";
  page.title(`${stateTitle(state)} jobs`);
  const filter = Object.fromEntries(["queue", "run", "kind", "cursor"].map(name => [name, page.query.get(name)]));
  const selected = new Set();
  let answer = null;
  let status = null;
  let paused = [];
  const draw = () => page.show(view(page, { state, filter, selected, answer, status, paused, draw, load }));
  const load = async () => {
    let queues;
    [answer, status, queues] = await Promise.all([page.get(`/jobs${query({ ...filter, state, limit })}`), page.get("/status"), page.get("/queues")]);
    paused = queues.items.filter(queue => queue.paused);
    const present = new Set(answer.items.map(job => job.id));
    for (const id of selected) if (!present.has(id)) selected.delete(id);
    dispatchEvent(new CustomEvent("nas:counts", { detail: status }));
    draw();
  };

  await load();
  announce(`${plural(status.jobs[state] ?? 0, "job")} ${state}`);
  const reload = page.coalesce(load, 1200);
  page.follow({ topic: "jobs" }, type => type !== "console" && type !== "progress" && reload());
  page.every(20_000, reload);
}

function view(page, { state, filter, selected, answer, status, paused, draw, load }) {
  const { items, total, nextCursor } = answer;
  const queues = [...new Set([...(status.workers ?? []).flatMap(worker => worker.queues ?? []), ...items.map(job => job.queue), ...(filter.queue ? [filter.queue] : [])])].sort();
  const ask = (name, value) => page.ask({ [name]: value, cursor: null, trail: null });
  const selection = mayAct() && {
    has: id => selected.has(id),
    toggle: (id, on) => { selected[on ? "add" : "delete"](id); draw(); },
    all: on => { for (const job of items) selected[on ? "add" : "delete"](job.id); draw(); },
  };
  return list(
    pageHead("Jobs"),
    paused.length > 0 && h("p", { class: "warning", role: "status" }, paused.length === 1 ? "A queue is paused: " : "Queues are paused: ", paused.map((queue, index) => [index ? ", " : "", h("code", null, queue.name)]), ". ", h("a", { href: "/servers" }, "Servers")),
    tabs("States", "state", state, jobStates.map(value => ({ value, text: stateTitle(value), number: status.jobs[value] ?? 0 }))),
    h("div", { class: "filters" },
      field("Queue", select(filter.queue, [["", "All"], ...queues], value => ask("queue", value))),
      field("Kind", textInput(filter.kind, value => ask("kind", value.trim()), { type: "search", placeholder: "All" })),
      field("Run", textInput(filter.run, value => ask("run", value.trim()), { type: "search", placeholder: "All" }))),
    h("section", { class: "panel flush", "aria-label": `${stateTitle(state)} jobs` },
      selected.size > 0 && h("div", { class: "batch" },
        h("span", { class: "grow" }, `${count(selected.size)} chosen`),
        state !== "enqueued" && state !== "processing" && h("button", { type: "button", class: "button", onclick: () => change(page, "requeue", selected, load) }, "Requeue"),
        state !== "deleted" && state !== "succeeded" && h("button", { type: "button", class: "button danger", onclick: () => change(page, "delete", selected, load) }, state === "processing" ? "Cancel" : "Delete")),
      items.length ? jobTable(items, { selection, state }) : empty(`No job is ${state}${filter.queue || filter.kind || filter.run ? " and like that" : ""}.`),
      pager(page, { total, shown: items.length, next: nextCursor, limit })));
}

async function change(page, action, selected, load) {
  const ids = [...selected];
  if (action === "delete" && !await confirm(`Delete ${plural(ids.length, "job")}?`, "Jobs that are being processed are cancelled; what they measured is kept.", { action: "Delete", danger: true })) return;
  const what = action === "delete" ? "deleted" : "put back into the queue";
  await page.act(() => post("/jobs/batch", { action, ids }), answer => (answer.ids.length === ids.length
    ? `${plural(ids.length, "job")} ${what}.`
    : `${count(answer.ids.length)} of ${plural(ids.length, "job")} ${what}; the others have changed meanwhile.`));
  selected.clear();
  await load();
}
