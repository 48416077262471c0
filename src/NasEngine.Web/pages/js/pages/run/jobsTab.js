// The jobs that a run was cut into.

import { query } from "../../app/client.js";
import { h } from "../../dom/h.js";
import { jobStates, stateTitle } from "../../format/states.js";
import { count } from "../../format/numbers.js";
import { empty, panel, stats } from "../../ui/panel.js";
import { jobTable } from "../jobs/jobTable.js";

export function jobsTab(context) {
  const { page } = context;
  let answer = { items: [], total: 0 };
  return {
    async load() {
      answer = await page.get(`/jobs${query({ run: page.params.id, limit: 100 })}`);
    },
    view() {
      const counts = context.run.jobs ?? {};
      const link = state => `/jobs?state=${state}&run=${encodeURIComponent(page.params.id)}`;
      return h("div", { class: "stack" },
        stats(jobStates.filter(state => counts[state] !== undefined).map(state => ({ name: stateTitle(state), value: count(counts[state]), href: link(state), bad: state === "failed" && counts.failed > 0 }))),
        panel("Jobs of this run", answer.items.length ? jobTable(answer.items, { narrow: true, ofRun: true }) : empty("The run has no jobs: it was carried out by a command, or its jobs were removed."), { flush: true }));
    },
  };
}
