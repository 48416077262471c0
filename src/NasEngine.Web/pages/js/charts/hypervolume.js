// How the space that the front covers grows with the evaluations.

import { axis, chart, numbers, tip } from "./chart.js";
import { count, percent } from "../format/numbers.js";

/** Draws { evaluations, share } points. */
export function hypervolumeChart(points) {
  const last = points.at(-1);
  const settled = points.find(point => point.share >= .99 * last.share);
  return chart({
    key: "hypervolume",
    signature: `${points.length}/${last.evaluations}/${last.share}`,
    summary: `Hypervolume ${percent(last.share)} after ${count(last.evaluations)} evaluations; 99 % of that after ${count(settled.evaluations)}.`,
    note: `Share of the box between the best and the worst values seen. 99 % of the last value was reached after ${count(settled.evaluations)} evaluations.`,
    alternative: numbers("Hypervolume by evaluation", ["Evaluations", "Hypervolume"], thin(points, 20).map(point => [count(point.evaluations), percent(point.share, 2)])),
    option: (colours, narrow) => ({
      grid: { left: 58, right: 18, top: 14, bottom: 46 },
      tooltip: { trigger: "axis", formatter: ([item]) => tip(`${count(item.value[0])} evaluations`, [`Hypervolume: ${item.value[1].toFixed(2)} %`]) },
      xAxis: axis(colours, "Evaluations", { narrow, scale: false }),
      yAxis: axis(colours, "Hypervolume (%)", { isVertical: true, narrow }),
      series: [{ type: "line", step: "end", showSymbol: false, lineStyle: { width: 2 }, areaStyle: { opacity: .08 }, data: points.map(point => [point.evaluations, 100 * point.share]) }],
    }),
  });
}

/** Evenly spread rows of a long list, the last one among them. */
export function thin(items, most) {
  if (items.length <= most) return items;
  return Array.from({ length: most }, (_, index) => items[Math.round(index * (items.length - 1) / (most - 1))]);
}
