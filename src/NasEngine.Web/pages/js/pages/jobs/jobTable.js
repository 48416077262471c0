// Jobs in rows.

import { h } from "../../dom/h.js";
import { shortQueue } from "../../format/queues.js";
import { ago, between } from "../../format/times.js";
import { workerName } from "../../format/workers.js";
import { badge } from "../../ui/badge.js";
import { table } from "../../ui/table.js";

/** Makes the table; `selection` ({ has(id), toggle(id, on), all(on) }) adds boxes, `narrow` leaves out what is less needed, `ofRun` the run. */
export function jobTable(jobs, { narrow = false, selection, state, ofRun = false } = {}) {
  const isWaiting = state === "enqueued" || state === "awaiting";
  const columns = [
    selection && {
      name: "Choose", select: true,
      head: () => h("input", { type: "checkbox", "aria-label": "Choose all on this page", checked: jobs.length > 0 && jobs.every(job => selection.has(job.id)), onchange: event => selection.all(event.target.checked) }),
      cell: job => h("input", { type: "checkbox", "aria-label": `Choose ${job.title}`, checked: selection.has(job.id), onchange: event => selection.toggle(job.id, event.target.checked) }),
    },
    { name: "Job", lead: true, wrap: true, cell: job => h("span", null, h("a", { href: `/jobs/${encodeURIComponent(job.id)}` }, job.title || job.kind), job.error && state !== "succeeded" ? h("span", { class: "note bad-text" }, job.error) : null) },
    !narrow && { name: "Kind", minor: true, cell: job => h("code", null, job.kind) },
    { name: "Queue", wrap: true, cell: job => h("span", { title: job.queue }, shortQueue(job.queue)) },
    (narrow || !state) && { name: "State", cell: job => badge(job.state) },
    !ofRun && { name: "Run", wrap: true, cell: job => (job.runId ? h("a", { href: `/runs/${encodeURIComponent(job.runId)}` }, job.runId) : "") },
    !narrow && { name: "Attempt", number: true, minor: true, cell: job => `${job.attempt} of ${job.maxAttempts}` },
    isWaiting && { name: "Priority", number: true, cell: job => job.priority },
    state === "scheduled" && { name: "Due", tight: true, cell: job => ago(job.dueAt) },
    !isWaiting && state !== "scheduled" && { name: "Worker", tight: true, cell: job => workerName(job.worker) },
    !isWaiting && state !== "scheduled" && { name: "Took", number: true, cell: job => (job.startedAt ? between(job.startedAt, job.finishedAt) : "–") },
    when(state),
  ].filter(Boolean);
  return table({ caption: "Jobs", columns, rows: jobs, key: job => job.id, chosen: job => selection?.has(job.id) ?? false });
}

function when(state) {
  return state === "succeeded" || state === "failed" || state === "deleted"
    ? { name: "Ended", tight: true, cell: job => ago(job.finishedAt) }
    : { name: "Created", tight: true, cell: job => ago(job.createdAt) };
}
