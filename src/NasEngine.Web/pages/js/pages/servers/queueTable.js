// Queues: what waits in each, who serves it, and whether it hands out jobs.

import { mayAct, post, query } from "../../app/client.js";
import { h } from "../../dom/h.js";
import { count } from "../../format/numbers.js";
import { shortQueue } from "../../format/queues.js";
import { ago } from "../../format/times.js";
import { badge } from "../../ui/badge.js";
import { table } from "../../ui/table.js";

/** Queues in rows; a change is followed by load(). */
export function queueTable(page, queues, load) {
  const link = (queue, state) => h("a", { href: `/jobs${query({ state, queue: queue.name })}` }, count(queue[state]));
  return table({
    caption: "Queues", rows: queues, key: queue => queue.name,
    columns: [
      { name: "Queue", lead: true, wrap: true, cell: queue => h("code", { title: queue.name }, shortQueue(queue.name)) },
      { name: "State", cell: queue => stateOf(queue) },
      ...["enqueued", "scheduled", "awaiting", "processing"].map(state => ({ name: state.charAt(0).toUpperCase() + state.slice(1), number: true, minor: state === "scheduled" || state === "awaiting", cell: queue => (queue[state] ? link(queue, state) : "0") })),
      { name: "Workers", number: true, cell: queue => count(queue.workers) },
      mayAct() && { name: "Actions", tight: true, cell: queue => h("button", { type: "button", class: "button", "aria-label": `${queue.paused ? "Resume" : "Pause"} ${queue.name}`, onclick: () => change(page, queue, load) }, queue.paused ? "Resume" : "Pause") },
    ].filter(Boolean),
  });
}

function stateOf(queue) {
  if (queue.paused) return h("span", null, badge("paused"), h("span", { class: "note" }, ago(queue.pausedAt)));
  if (queue.workers === 0) return badge(queue.enqueued > 0 ? "failed" : "offline", "no worker");
  return badge(queue.processing > 0 ? "processing" : "online", queue.processing > 0 ? "working" : "idle");
}

async function change(page, queue, load) {
  const done = queue.paused ? `${queue.name} hands out jobs again.` : `${queue.name} is paused on every worker. What is under way goes on to its end.`;
  await page.act(() => post(`/queues/${encodeURIComponent(queue.name)}/${queue.paused ? "resume" : "pause"}`), done);
  await load();
}
