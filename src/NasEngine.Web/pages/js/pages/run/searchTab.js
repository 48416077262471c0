// How the search went: covered space by evaluation, and which genes matter.

import { hypervolumeChart } from "../../charts/hypervolume.js";
import { importanceChart } from "../../charts/importance.js";
import { parallelChart } from "../../charts/parallel.js";
import { h } from "../../dom/h.js";
import { empty, panel } from "../../ui/panel.js";

export function searchTab({ page, path, run }) {
  let volume = { points: [] };
  let genes = { genes: [], items: [], importance: {} };
  return {
    async load() {
      [volume, genes] = await Promise.all([page.get(`${path}/hypervolume`), page.get(`${path}/genes`)]);
    },
    view() {
      if (!volume.points.length && !genes.items.length) return h("section", { class: "panel" }, empty("Nothing has been searched yet."));
      const hasImportance = Object.values(genes.importance ?? {}).some(shares => shares.length);
      return h("div", { class: "columns" },
        volume.points.length > 0 && panel("Hypervolume by evaluation", hypervolumeChart(volume.points), { size: "half" }),
        hasImportance && panel("Importance of genes", importanceChart(genes.importance), { size: "half" }),
        genes.items.length > 0 && panel("Networks gene by gene", parallelChart(genes, run.objectives)));
    },
  };
}
