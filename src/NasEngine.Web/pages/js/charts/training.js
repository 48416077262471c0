// Losses while the supernet trains, and accuracies at its checkpoints.

import { axis, chart, legend, numbers, tip } from "./chart.js";
import { thin } from "./hypervolume.js";
import { count, isNumber, percent, significant } from "../format/numbers.js";

const losses = [["largestLoss", "Largest network"], ["smallestLoss", "Smallest network"], ["randomLoss", "Drawn networks"]];
const accuracies = [["largestAccuracy", "Largest network"], ["smallestAccuracy", "Smallest network"]];
const most = 1500;

/** Draws the loss of each kind of network by training step. */
export function lossChart(points) {
  const shown = losses.filter(([key]) => points.some(point => isNumber(point[key])));
  const last = points.at(-1);
  return chart({
    key: "losses",
    signature: `${points.length}/${last.step}`,
    summary: `Training loss at step ${count(last.step)}: ${shown.map(([key, name]) => `${name.toLowerCase()} ${significant(last[key])}`).join(", ")}.`,
    alternative: numbers("Training loss", ["Step", ...shown.map(([, name]) => name)], thin(points, 20).map(point => [count(point.step), ...shown.map(([key]) => significant(point[key], 4))])),
    option: (colours, narrow) => ({
      grid: { left: 58, right: 18, top: 40, bottom: 46 },
      legend: legend(colours, shown.map(([, name]) => name)),
      tooltip: { trigger: "axis", formatter: items => tip(`Step ${count(items[0].value[0])}`, items.map(item => `${item.seriesName}: ${significant(item.value[1], 4)}`)) },
      xAxis: axis(colours, "Step", { narrow, scale: false }),
      yAxis: axis(colours, "Loss (nats)", { isVertical: true, narrow }),
      series: shown.map(([key, name], index) => ({ name, type: "line", showSymbol: false, lineStyle: { width: 1.6 }, itemStyle: { color: colours.series[index] }, data: thin(points, most).map(point => [point.step, point[key]]) })),
    }),
  });
}

/** Draws the accuracies that were checked on the way. */
export function validationChart(points) {
  const last = points.at(-1);
  return chart({
    key: "validation",
    signature: `${points.length}/${last.step}`,
    summary: `Validation accuracy at step ${count(last.step)}, on ${count(last.images)} held-out images: ${accuracies.map(([key, name]) => `${name.toLowerCase()} ${percent(last[key])}`).join(", ")}.`,
    alternative: numbers("Validation accuracy", ["Step", ...accuracies.map(([, name]) => name)], thin(points, 20).map(point => [count(point.step), ...accuracies.map(([key]) => percent(point[key], 2))])),
    option: (colours, narrow) => ({
      grid: { left: 58, right: 18, top: 40, bottom: 46 },
      legend: legend(colours, accuracies.map(([, name]) => name)),
      tooltip: { trigger: "axis", formatter: items => tip(`Step ${count(items[0].value[0])}`, items.map(item => `${item.seriesName}: ${item.value[1].toFixed(2)} %`)) },
      xAxis: axis(colours, "Step", { narrow, scale: false }),
      yAxis: axis(colours, "Validation accuracy (%)", { isVertical: true, narrow }),
      series: accuracies.map(([key, name], index) => ({ name, type: "line", symbol: "circle", symbolSize: 7, itemStyle: { color: colours.series[index] }, data: points.map(point => [point.step, 100 * point[key]]) })),
    }),
  });
}
