// How far predictions can be trusted.

import { predictorChart } from "../../charts/predictor.js";
import { h } from "../../dom/h.js";
import { titleOf } from "../../format/metrics.js";
import { count, percent, significant } from "../../format/numbers.js";
import { empty, facts, panel } from "../../ui/panel.js";

export function predictorsTab({ page, path }) {
  let items = [];
  return {
    async load() {
      ({ items } = await page.get(`${path}/predictors`));
    },
    view() {
      if (!items.length) return h("section", { class: "panel" }, empty("Predictors are fitted once networks have been evaluated and measured."));
      return h("div", { class: "tiles wide" }, items.map(item => panel(titleOf(item.target), [
        item.pairs?.length > 0 && predictorChart(item),
        qualityFacts(item),
      ])));
    },
  };
}

/** The quality of a predictor on networks that it had not seen. */
export function qualityFacts(item) {
  return facts([
    ["Kind", item.kind],
    ["Fitted on", `${count(item.architectures)} networks, judged on ${count(item.heldOut)} of them held out`],
    ["Kendall tau", significant(item.kendallTau)],
    ["Spearman", significant(item.spearman)],
    ["MAPE", `${significant(item.mapePercent)} %`],
    ["Within", `5 %: ${percent(item.within5, 0)}, 10 %: ${percent(item.within10, 0)}`],
  ]);
}
