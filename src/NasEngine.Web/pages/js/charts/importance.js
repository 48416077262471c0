// How much of each objective's variance one gene alone explains.

import { axis, chart, legend, numbers, tip } from "./chart.js";
import { titleOf } from "../format/metrics.js";
import { percent } from "../format/numbers.js";

const most = 16;

/** Draws { objectiveKey: [{ gene, share }] }. */
export function importanceChart(importance) {
  const keys = Object.keys(importance);
  const total = new Map();
  for (const key of keys) {
    for (const { gene, share } of importance[key]) total.set(gene, Math.max(total.get(gene) ?? 0, share));
  }

  const genes = [...total].sort((a, b) => b[1] - a[1]).slice(0, most).map(([gene]) => gene);
  const share = (key, gene) => importance[key].find(entry => entry.gene === gene)?.share ?? 0;
  return chart({
    key: "importance",
    size: "tall",
    signature: JSON.stringify(importance),
    summary: `Genes that matter most: ${keys.map(key => `for ${titleOf(key)} ${top(importance[key])}`).join("; ")}.`,
    note: "Share of the variance that a gene explains alone, over the evaluated networks.",
    alternative: numbers("Importance of genes", ["Gene", ...keys.map(titleOf)], genes.map(gene => [gene, ...keys.map(key => percent(share(key, gene)))])),
    option: (colours, narrow) => ({
      grid: { left: 84, right: 20, top: 36, bottom: 46 },
      legend: legend(colours, keys.map(titleOf)),
      tooltip: { trigger: "axis", axisPointer: { type: "shadow", shadowStyle: { color: colours.grid, opacity: .5 } }, formatter: items => tip(items[0].name, items.map(item => `${item.seriesName}: ${item.value.toFixed(1)} %`)) },
      xAxis: axis(colours, "Variance explained (%)", { narrow, scale: false }),
      yAxis: axis(colours, "", { type: "category", inverse: true, data: genes, splitLine: { show: false }, axisLabel: { color: colours.ink, fontSize: 11 } }),
      series: keys.map((key, index) => ({ name: titleOf(key), type: "bar", barMaxWidth: 12, barGap: "10%", itemStyle: { color: colours.series[index] }, data: genes.map(gene => 100 * share(key, gene)) })),
    }),
  });
}

function top(entries) {
  return [...entries].sort((a, b) => b.share - a.share).slice(0, 3).map(entry => `${entry.gene} (${percent(entry.share, 0)})`).join(", ");
}
