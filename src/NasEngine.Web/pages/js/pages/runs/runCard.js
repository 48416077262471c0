// A run in a few lines.

import { h } from "../../dom/h.js";
import { metricOf, metricText } from "../../format/metrics.js";
import { count } from "../../format/numbers.js";
import { ago } from "../../format/times.js";
import { badge } from "../../ui/badge.js";
import { noteMark } from "../../ui/noteMark.js";
import { progressBar } from "../../ui/progress.js";

export function runCard(run) {
  return h("article", { class: "run-card", key: run.id, "aria-label": run.name },
    h("div", { class: "panel-head" }, h("h3", { class: "grow" }, h("a", { href: `/runs/${encodeURIComponent(run.id)}` }, run.name), noteMark(run.note)), badge(run.state)),
    run.progress && progressBar({ title: run.progress.step, done: run.progress.done, total: run.progress.total }),
    h("p", { class: "note" }, run.space, " · ", ago(run.createdAt), run.frontSize ? ` · front of ${count(run.frontSize)}` : ` · ${count(run.evaluations)} evaluations`, bestOf(run) && ` · ${bestOf(run)}`));
}

/** The best values of a run in words. */
export function bestOf(run) {
  return Object.entries(run.best ?? {}).map(([key, value]) => `${metricOf(key).title.toLowerCase()} ${metricText(key, value)}`).join(", ");
}
