// The supernet's training.

import { lossChart, validationChart } from "../../charts/training.js";
import { h } from "../../dom/h.js";
import { empty, panel } from "../../ui/panel.js";

export function trainingTab({ page, path }) {
  let training = { points: [], validation: [] };
  return {
    async load() {
      training = await page.get(`${path}/training`);
    },
    view() {
      if (!training.points?.length) return h("section", { class: "panel" }, empty("The training of the supernet has not begun yet, or the space needs none."));
      const hasValidation = training.validation?.length > 0;
      return h("div", { class: "columns" },
        panel("Loss", lossChart(training.points), { size: hasValidation ? "half" : "" }),
        hasValidation && panel("Validation accuracy", validationChart(training.validation), { size: "half" }));
    },
  };
}
