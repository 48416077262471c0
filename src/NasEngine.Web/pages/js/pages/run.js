// One run: its state and what can be done with it, and its parts behind tabs.

import { mayAct, patch, post, query, remove } from "../app/client.js";
import { go } from "../app/router.js";
import { h, list } from "../dom/h.js";
import { axesOf, metricText, titleOf } from "../format/metrics.js";
import { count, percent } from "../format/numbers.js";
import { ago } from "../format/times.js";
import { badge } from "../ui/badge.js";
import { ask, confirm } from "../ui/dialog.js";
import { field } from "../ui/field.js";
import { pageHead, stats } from "../ui/panel.js";
import { progressBar } from "../ui/progress.js";
import { tabs } from "../ui/tabs.js";
import { FrontTab } from "./run/frontTab.js";
import { jobsTab } from "./run/jobsTab.js";
import { NotePanel } from "./run/notePanel.js";
import { predictorsTab } from "./run/predictorsTab.js";
import { searchTab } from "./run/searchTab.js";
import { setupTab } from "./run/setupTab.js";
import { trainingTab } from "./run/trainingTab.js";

const kinds = {
  front: { text: "Pareto front", make: context => new FrontTab(context) },
  search: { text: "Search", make: searchTab },
  predictors: { text: "Predictors", make: predictorsTab },
  training: { text: "Training", make: trainingTab },
  jobs: { text: "Jobs", make: jobsTab },
  setup: { text: "Setup", make: setupTab },
};

export async function open(page) {
  const path = `/runs/${encodeURIComponent(page.params.id)}`;
  const chosen = kinds[page.query.get("tab")] ? page.query.get("tab") : "front";
  const context = { page, path, run: null, summary: null, failure: null, front: null, draw: () => {}, load: () => {} };
  const note = new NotePanel(context);
  let tab = null;
  context.draw = () => page.show(view(context, chosen, tab, note));
  const load = context.load = async () => {
    context.front = chosen === "front" ? page.get(`${path}/front`) : null; // asked for at the same time
    context.front?.catch(() => {}); // the tab hears of it
    [context.run, context.summary] = await Promise.all([page.get(path), page.get(`${path}/summary`)]);
    const { run } = context;
    context.failure = run.state === "failed" ? (await page.get(`/jobs${query({ run: run.id, state: "failed", limit: 1 })}`)).items[0] : null;
    page.title(run.name);
    tab ??= kinds[chosen].make(context);
    await tab.load();
    context.draw();
  };

  await load();
  const reload = page.coalesce(load, 2000);
  page.follow({ run: page.params.id }, (type, data) => {
    if (type === "console" || (data.runId && data.runId !== page.params.id)) return;
    reload();
  });
  page.every(15_000, () => isActive(context.run) && reload());
}

function isActive(run) {
  return run.state === "running" || (run.jobs?.processing ?? 0) + (run.jobs?.enqueued ?? 0) > 0;
}

function view(context, chosen, tab, note) {
  const { page, run, summary } = context;
  const objective = run.objectives[0];
  const axes = axesOf(run.objectives);
  return list(
    pageHead(run.name, {
      badge: badge(run.state),
      note: [h("code", null, run.id), " · seed ", run.seed, " · started ", ago(run.createdAt), stopsAfter(run)],
      actions: [note.action(), ...actions(context)],
    }),
    context.failure && h("div", { class: "panel error-box", role: "alert" }, h("h2", { class: "bad-text" }, "What went wrong"),
      h("p", null, context.failure.error, " ", h("a", { href: `/jobs/${encodeURIComponent(context.failure.id)}` }, context.failure.title))),
    h("ol", { class: "steps", "aria-label": "Steps of the run" }, run.steps.map(step => h("li", { class: step.state }, step.step, h("span", { class: "hidden-text" }, ` ${step.state}`)))),
    summary.progress && h("div", { class: "run-progress" }, progressBar({ title: summary.progress.step, done: summary.progress.done, total: summary.progress.total })),
    stats([
      { name: `Best ${titleOf(objective?.key ?? axes.y).toLowerCase()}`, value: metricText(objective?.key ?? axes.y, summary.best?.[objective?.key ?? axes.y]) },
      run.objectives[1] && { name: `Best ${titleOf(run.objectives[1].key).toLowerCase()}`, value: metricText(run.objectives[1].key, summary.best?.[run.objectives[1].key]) },
      { name: "Front", value: summary.frontSize ? count(summary.frontSize) : "–", note: summary.frontSize ? "networks" : "not verified yet" },
      { name: "Hypervolume", value: percent(summary.hypervolume), note: summary.frontSize ? "of the verified front" : null },
      { name: "Evaluations", value: count(summary.evaluations), note: run.budget?.evaluations ? `of ${count(run.budget.evaluations)}` : null },
      { name: "Verified", value: count(summary.verified), note: run.budget?.verify ? `of at most ${count(run.budget.verify)}` : null },
    ]),
    note.view(),
    h("div", { class: "after" }, tabs("Parts of the run", "tab", chosen, Object.entries(kinds).map(([value, { text }]) => ({ value, text })))),
    tab.view());
}

// A run may have been asked to go only so far; Resume carries it on.
function stopsAfter(run) {
  if (!run.until || run.state === "done") return null;
  const steps = run.until.split(",");
  const isThere = steps.every(name => run.steps.some(step => step.step === name && step.state === "done"));
  return ` · ${isThere && run.state === "stopped" ? "stopped" : "stops"} after ${steps.join(" and ")}`;
}

function actions({ page, path, run, summary, load }) {
  const id = encodeURIComponent(run.id);
  const hasFront = summary.frontSize > 0;
  return [
    hasFront && h("a", { class: "button", href: `/api/v1/runs/${id}/report`, target: "_blank", rel: "noopener" }, "Report"),
    hasFront && h("a", { class: "button", href: `/compare?runs=${id}` }, "Compare"),
    mayAct() && h("button", { type: "button", class: "button", onclick: () => changeBudget(page, path, run, load) }, "Budget…"),
    mayAct() && isActive(run) && h("button", { type: "button", class: "button danger", onclick: () => stop(page, path, load) }, "Stop"),
    mayAct() && !isActive(run) && run.state !== "done" && h("button", { type: "button", class: "button primary", onclick: () => page.act(() => post(`${path}/resume`), "The run goes on.").then(load) }, "Resume"),
    mayAct() && !isActive(run) && h("button", { type: "button", class: "button danger", onclick: () => drop(page, path, run) }, "Delete"),
  ];
}

async function stop(page, path, load) {
  if (!await confirm("Stop this run?", "Its jobs stop within a few seconds. What was trained, evaluated and measured is kept, and the run can go on later.", { action: "Stop", danger: true })) return;
  await page.act(() => post(`${path}/stop`), "The run is being stopped.");
  await load();
}

async function drop(page, path, run) {
  if (!await confirm(`Delete ${run.id}?`, "Its evaluations, measurements and models are removed. This cannot be taken back.", { action: "Delete", danger: true })) return;
  const isGone = await page.act(async () => {
    await remove(path);
    return true;
  }, "The run was deleted.");
  if (isGone) go("/runs");
}

async function changeBudget(page, path, run, load) {
  const number = (name, value, most) => h("input", { type: "number", name, value: value ?? "", min: 1, max: most, step: 1, required: true });
  const answer = await ask("Change the budget", h("div", { class: "stack" },
    field("Networks to predict in the search", number("evaluations", run.budget?.evaluations, 10_000_000)),
    field("Networks to verify, at most", number("verify", run.budget?.verify, 10_000)),
    h("p", { class: "note" }, "Takes effect while the run is going. A finished run goes on when its budget grows.")), { action: "Change" });
  if (answer === null) return;
  await page.act(() => patch(`${path}/budget`, { evaluations: Number(answer.evaluations), verify: Number(answer.verify) }), "The budget was changed.");
  await load();
}
