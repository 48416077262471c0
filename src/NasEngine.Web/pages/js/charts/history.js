// Finished jobs by hour.

import { axis, chart, legend, numbers, tip } from "./chart.js";
import { count } from "../format/numbers.js";

const hour = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hour12: false });
const day = new Intl.DateTimeFormat(undefined, { weekday: "short", hour: "2-digit", minute: "2-digit", hour12: false });

/** Columns of succeeded and failed jobs; hours without any are drawn too. */
export function historyChart(finished, hours) {
  const buckets = everyHour(finished, hours);
  const succeeded = buckets.reduce((sum, bucket) => sum + bucket.succeeded, 0);
  const failed = buckets.reduce((sum, bucket) => sum + bucket.failed, 0);
  const format = hours > 24 ? day : hour;
  const label = bucket => format.format(new Date(bucket.at));
  return chart({
    key: "history",
    size: "low",
    signature: JSON.stringify(buckets),
    summary: `Jobs of the last ${hours} hours: ${count(succeeded)} succeeded, ${count(failed)} failed.`,
    alternative: numbers("Finished jobs", ["Time", "Succeeded", "Failed"], buckets.filter(bucket => bucket.succeeded + bucket.failed > 0).map(bucket => [label(bucket), count(bucket.succeeded), count(bucket.failed)])),
    option: colours => ({
      grid: { left: 40, right: 8, top: 30, bottom: 24 },
      legend: legend(colours, ["Succeeded", "Failed"]),
      tooltip: { trigger: "axis", axisPointer: { type: "shadow", shadowStyle: { color: colours.grid, opacity: .5 } }, formatter: items => tip(label(buckets[items[0].dataIndex]), items.map(item => `${item.seriesName}: ${count(item.value)}`)) },
      xAxis: axis(colours, "", { type: "category", data: buckets.map(label), splitLine: { show: false } }),
      yAxis: axis(colours, "", { isVertical: true, minInterval: 1, scale: false }),
      series: [
        { name: "Succeeded", type: "bar", stack: "all", data: buckets.map(bucket => bucket.succeeded), itemStyle: { color: colours.green }, barMaxWidth: 26 },
        { name: "Failed", type: "bar", stack: "all", data: buckets.map(bucket => bucket.failed), itemStyle: { color: colours.red }, barMaxWidth: 26 },
      ],
    }),
  });
}

function everyHour(finished, hours) {
  const start = instant => Math.floor(instant / 3_600_000);
  const known = new Map(finished.map(bucket => [start(Date.parse(bucket.at)), bucket]));
  const now = start(Date.now());
  return Array.from({ length: hours }, (_, index) => now - hours + 1 + index)
    .map(hour => known.get(hour) ?? { at: new Date(hour * 3_600_000).toISOString(), succeeded: 0, failed: 0 });
}
