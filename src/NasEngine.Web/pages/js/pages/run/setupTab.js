// What decides a run: goals, limits, and the whole experiment.

import { query } from "../../app/client.js";
import { h } from "../../dom/h.js";
import { writeJson } from "../../format/json.js";
import { goalOf, metricText, titleOf } from "../../format/metrics.js";
import { span, ago } from "../../format/times.js";
import { badge } from "../../ui/badge.js";
import { facts, panel } from "../../ui/panel.js";
import { table } from "../../ui/table.js";

export function setupTab(context) {
  return {
    async load() {
      // everything here came with the run
    },
    view() {
      const { run } = context;
      return h("div", { class: "columns" },
        h("div", { class: "half stack" },
          panel("Goals and limits", facts([
            ["Objectives", run.objectives.map(objective => h("div", null, `${titleOf(objective.key)}: ${goalOf(objective)}`))],
            ["Limits", run.constraints?.length ? run.constraints.map(limit => h("div", null, `${titleOf(limit.key)}: ${bounds(limit)}`)) : "none"],
            ["Seed", run.seed],
          ])),
          panel("Steps", table({
            caption: "Steps", rows: run.steps, key: step => step.step,
            columns: [
              { name: "Step", lead: true, cell: step => step.step },
              { name: "State", cell: step => badge(step.state) },
              { name: "Ended", cell: step => ago(step.finishedAt) },
              { name: "Took", number: true, cell: step => (step.result?.seconds ? span(1000 * step.result.seconds) : "") },
            ],
          }), { flush: true })),
        panel("Experiment", h("pre", { class: "payload tall", tabindex: "0", "aria-label": "Experiment" }, writeJson(run.experiment)), {
          size: "half",
          actions: h("a", { class: "button", href: `/new${query({ run: run.id })}` }, "New search like this"),
        }));
    },
  };
}

function bounds({ key, min, max }) {
  return [min !== null && min !== undefined && `at least ${metricText(key, min)}`, max !== null && max !== undefined && `at most ${metricText(key, max)}`].filter(Boolean).join(", ");
}
