// Fronts of several runs in one chart.

import { axis, chart, legend, tip } from "./chart.js";
import { axisTitle, metricText, scaled, titleOf } from "../format/metrics.js";
import { count, isNumber } from "../format/numbers.js";

const symbols = ["circle", "rect", "triangle", "diamond", "roundRect", "pin"];

/** Draws fronts { run, points } against each other; each has a colour and a mark of its own. */
export function frontsChart(fronts, x, y) {
  const place = front => front.points.filter(point => isNumber(point.metrics[x]) && isNumber(point.metrics[y])).sort((a, b) => a.metrics[x] - b.metrics[x]);
  return chart({
    key: "fronts",
    size: "tall",
    signature: JSON.stringify([x, y, fronts.map(front => [front.run, front.points.length])]),
    summary: `Fronts of ${titleOf(y)} and ${titleOf(x)}: ${fronts.map(front => `${front.run}, ${count(front.points.length)} networks`).join("; ")}.`,
    option: (colours, narrow) => ({
      grid: { left: 62, right: 22, top: 44, bottom: 46 },
      legend: legend(colours, fronts.map(front => front.run)),
      tooltip: { trigger: "item", formatter: ({ data, seriesName }) => tip(`${seriesName}, network ${data.point.number ?? ""}`, [y, x].map(key => `${titleOf(key)}: ${metricText(key, data.point.metrics[key])}`), data.point.genotype) },
      dataZoom: ["xAxisIndex", "yAxisIndex"].map(name => ({ type: "inside", [name]: 0, filterMode: "none", zoomOnMouseWheel: "ctrl" })),
      xAxis: axis(colours, axisTitle(x), { narrow }),
      yAxis: axis(colours, axisTitle(y), { isVertical: true, narrow }),
      series: fronts.map((front, index) => ({
        name: front.run, type: "line", symbol: symbols[index % symbols.length], symbolSize: 9, lineStyle: { width: 1.5 }, itemStyle: { color: colours.series[index % colours.series.length] },
        data: place(front).map(point => ({ value: [scaled(x, point.metrics[x]), scaled(y, point.metrics[y])], point })),
      })),
    }),
  });
}
