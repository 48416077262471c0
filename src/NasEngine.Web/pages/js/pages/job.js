// One job: how far it is, what it says, what it was asked, and how it came to where it is.

import { mayAct, patch, post } from "../app/client.js";
import { h, list } from "../dom/h.js";
import { writeJson } from "../format/json.js";
import { unfinished } from "../format/states.js";
import { ago, between, exact, timeOfDay } from "../format/times.js";
import { workerName } from "../format/workers.js";
import { badge } from "../ui/badge.js";
import { ask, confirm } from "../ui/dialog.js";
import { field } from "../ui/field.js";
import { empty, facts, pageHead, panel } from "../ui/panel.js";
import { progressBar } from "../ui/progress.js";
import { JobConsole } from "./jobs/console.js";

export async function open(page) {
  const path = `/jobs/${encodeURIComponent(page.params.id)}`;
  let job = null;
  const log = new JobConsole(page, path);
  const load = async () => {
    job = await page.get(path);
    page.title(job.title || job.kind);
    page.show(view(page, path, job, log, load));
  };

  await load();
  await log.load();
  const reload = page.coalesce(load);
  page.follow({ job: job.id }, (type, data) => {
    if (data.id && data.id !== job.id) return;
    if (type === "console" || type === "catch-up") log.reload();
    if (type !== "console") reload();
  });
  page.every(5000, () => {
    if (!unfinished.has(job.state)) return;
    reload();
    log.reload();
  });
}

function view(page, path, job, log, load) {
  const act = (work, done) => page.act(work, done).then(load);
  const canCancel = unfinished.has(job.state);
  return list(
    pageHead(job.title || job.kind, {
      badge: badge(job.state, job.cancelRequested && job.state === "processing" ? "stopping" : job.state),
      note: [h("code", null, job.kind), " · queue ", h("a", { href: `/jobs?state=${job.state}&queue=${encodeURIComponent(job.queue)}` }, job.queue), job.runId && [" · run ", h("a", { href: `/runs/${encodeURIComponent(job.runId)}` }, job.runId)]],
      actions: mayAct() && [
        !["enqueued", "processing"].includes(job.state) && h("button", { type: "button", class: "button primary", onclick: () => act(() => post(`${path}/requeue`), "The job is in the queue again.") }, "Requeue"),
        canCancel && h("button", { type: "button", class: "button", onclick: () => changePriority(page, path, job, load) }, "Priority…"),
        (canCancel || job.state === "failed") && h("button", { type: "button", class: "button danger", onclick: () => remove(page, path, job, act) }, job.state === "processing" ? "Cancel" : "Delete"),
      ],
    }),
    job.error && h("div", { class: "panel error-box", role: "alert" }, h("h2", { class: "bad-text" }, "What went wrong"), h("pre", null, job.error)),
    job.progress?.length > 0 && h("div", { class: "before" }, panel("Progress", h("div", { class: "stack" }, job.progress.map((bar, index) => progressBar(bar, `${index}-${bar.title}`))))),
    h("div", { class: "columns" },
      panel("Console", log.element(), { size: "two-thirds", actions: log.actions() }),
      h("div", { class: "third stack" },
        panel("Facts", facts([
          ["Attempt", `${job.attempt} of ${job.maxAttempts}`],
          ["Priority", job.priority],
          ["Worker", job.worker ? h("a", { href: "/servers", title: job.worker }, workerName(job.worker)) : undefined],
          ["Created", h("span", null, ago(job.createdAt))],
          ["Due", job.state === "scheduled" ? ago(job.dueAt) : undefined],
          ["Started", job.startedAt ? exact(job.startedAt) : undefined],
          ["Took", job.startedAt ? between(job.startedAt, job.finishedAt) : undefined],
          ["Id", h("code", null, job.id)],
          ["After", job.after?.length ? job.after.map(id => h("div", null, h("a", { href: `/jobs/${encodeURIComponent(id)}` }, h("code", null, id)))) : undefined],
        ])),
        panel("History", job.history?.length
          ? h("ol", { class: "timeline" }, [...job.history].reverse().map(entry => h("li", null, h("time", { datetime: entry.at, title: exact(entry.at) }, timeOfDay(entry.at)), badge(entry.state), h("span", { class: "note" }, [entry.note, workerName(entry.worker)].filter(Boolean).join(" · ")))))
          : empty("Nothing happened yet.")))),
    h("div", { class: "columns after" },
      panel("Payload", h("pre", { class: "payload", tabindex: "0", "aria-label": "Payload" }, pretty(job.payload)), { size: "half" }),
      job.result !== null && job.result !== undefined && panel("Result", h("pre", { class: "payload", tabindex: "0", "aria-label": "Result" }, pretty(job.result)), { size: "half" })));
}

async function changePriority(page, path, job, load) {
  const answer = await ask("Change the priority", field("Priority", h("input", { type: "number", name: "priority", value: job.priority, step: 1, required: true }), "Jobs with a higher number are taken first."), { action: "Change" });
  if (answer === null) return;
  await page.act(() => patch(path, { priority: Number(answer.priority) }), "The priority was changed.");
  await load();
}

async function remove(page, path, job, act) {
  const isGoing = job.state === "processing";
  if (await confirm(isGoing ? "Cancel this job?" : "Delete this job?", isGoing ? "It stops within a few seconds; what it measured is kept." : "It can be put back into the queue later.", { action: isGoing ? "Cancel the job" : "Delete", danger: true })) {
    await act(() => post(`${path}/delete`), isGoing ? "The job is being cancelled." : "The job was deleted.");
  }
}

function pretty(value) {
  if (typeof value !== "string") return writeJson(value ?? {});
  try {
    return writeJson(JSON.parse(value));
  } catch {
    return value;
  }
}
