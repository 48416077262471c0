// How the search went: covered space by evaluation, which genes matter, and networks gene by gene.

import { address, query } from "../../app/client.js";
import { axesFor, chosenAxes, rememberAxes, usualAxes } from "../../charts/axes.js";
import { hypervolumeChart } from "../../charts/hypervolume.js";
import { importanceChart } from "../../charts/importance.js";
import { parallelChart } from "../../charts/parallel.js";
import { h } from "../../dom/h.js";
import { empty, panel } from "../../ui/panel.js";
import { axisList } from "./axisList.js";

const fewestAxes = 2;

export function searchTab(context) {
  const { page, path, run } = context;
  let volume = { points: [] };
  let genes = { genes: [], items: [], importance: {} };
  const networks = () => {
    const axes = axesFor(genes, run.objectives);
    const chosen = chosenAxes(run.space, axes);
    const choice = { axes, drawn: chosen ?? usualAxes(axes, genes, run.objectives), isChosen: chosen !== null };
    const onChange = next => {
      rememberAxes(run.space, next?.length ? next : null);
      context.draw();
    };
    return [
      choice.drawn.length < fewestAxes ? empty("Choose one more axis.") : parallelChart(genes, run.objectives, choice),
      axisList({ ...choice, onChange }),
    ];
  };
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
        genes.items.length > 0 && panel("Networks gene by gene", networks(), { actions: h("a", { class: "button", href: address(`${path}/evaluations.csv${query({ stage: "search" })}`), download: "" }, "Evaluations as CSV") }));
    },
  };
}
