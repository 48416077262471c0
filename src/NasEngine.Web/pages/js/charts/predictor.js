// Predicted against measured values of held-out networks.

import { axis, chart, tip } from "./chart.js";
import { metricOf, metricText, scaled, titleOf } from "../format/metrics.js";
import { count, percent, significant } from "../format/numbers.js";

/** Draws the pairs of one predictor. */
export function predictorChart(item) {
  const key = item.target;
  const values = (item.pairs ?? []).flatMap(pair => [scaled(key, pair.predicted), scaled(key, pair.measured)]).filter(Number.isFinite);
  const low = Math.min(...values);
  const high = Math.max(...values);
  const { unit } = metricOf(key);
  const name = text => (unit ? `${text} (${unit})` : text);
  return chart({
    key: `predictor-${item.run ?? ""}-${key}`,
    signature: JSON.stringify(item.pairs),
    summary: `${titleOf(key)}, predicted against measured on ${count(item.heldOut)} held-out networks: Kendall tau ${significant(item.kendallTau)}, mean error ${significant(item.mapePercent)} percent, ${percent(item.within10, 0)} within 10 percent.`,
    option: (colours, narrow) => ({
      grid: { left: 62, right: 16, top: 12, bottom: 46 },
      tooltip: { trigger: "item", formatter: ({ data }) => (data?.pair ? tip(null, [`Measured: ${metricText(key, data.pair.measured)}`, `Predicted: ${metricText(key, data.pair.predicted)}`]) : null) },
      xAxis: axis(colours, name("Measured"), { narrow }),
      yAxis: axis(colours, name("Predicted"), { isVertical: true, narrow }),
      series: [
        { type: "line", silent: true, symbol: "none", lineStyle: { color: colours.faded, type: "dashed", width: 1.2 }, data: [[low, low], [high, high]] },
        { type: "scatter", symbolSize: 8, itemStyle: { color: colours.accent, opacity: .75 }, data: item.pairs.map(pair => ({ value: [scaled(key, pair.measured), scaled(key, pair.predicted)], pair })) },
      ],
    }),
  });
}
