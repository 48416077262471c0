// What workers did and when: a row for each worker and queue, a bar for each time that it was at a job.

import { go } from "../app/router.js";
import { axis, chart, legend, numbers, tip } from "./chart.js";
import { h } from "../dom/h.js";
import { count, plural } from "../format/numbers.js";
import { shortQueue } from "../format/queues.js";
import { between, exact, timeOfDay } from "../format/times.js";
import { workerName } from "../format/workers.js";

const rowHeight = 30;
const leastNamed = 48;
const mostListed = 100;
const mostRows = 40;
const ends = {
  processing: { text: "Under way", colour: "accent" },
  succeeded: { text: "Succeeded", colour: "green" },
  failed: { text: "Failed", colour: "red" },
  scheduled: { text: "Put off", colour: "violet" },
  enqueued: { text: "Given back", colour: "orange" },
  deleted: { text: "Deleted", colour: "faded" },
};

/** Draws { from, to, items } of the service. */
export function workersChart({ from, to, items, shortened }) {
  const all = rowsOf(items, Date.parse(to));
  const rows = all.slice(0, mostRows).sort((a, b) => a.name.localeCompare(b.name));
  const present = Object.keys(ends).filter(state => items.some(item => item.state === state));
  const bars = Object.fromEntries(present.map(state => [state, rows.flatMap((row, index) => row.bars.filter(bar => bar.item.state === state).map(bar => ({ value: [index, bar.start, bar.end, bar.lane, row.lanes], item: bar.item })))]));
  return chart({
    key: "workers",
    height: 64 + rows.length * rowHeight,
    signature: JSON.stringify([Math.floor(Date.parse(to) / 5000), from, rows.map(row => [row.name, row.bars.length]), items.map(item => [item.jobId, item.endedAt])]),
    summary: `${plural(items.length, "job")} on ${plural(new Set(items.map(item => item.worker)).size, "worker")} since ${timeOfDay(from)}: ${present.map(state => `${count(items.filter(item => item.state === state).length)} ${ends[state].text.toLowerCase()}`).join(", ")}.`,
    note: `Each bar is the time that a worker was at a job; a click opens the job.${shortened ? ` Only the latest ${count(items.length)} are drawn.` : ""}${all.length > rows.length ? ` Left out are ${count(all.length - rows.length)} rows that were idle for longest.` : ""}`,
    alternative: numbers(`The latest ${count(Math.min(mostListed, items.length))} of these jobs`, ["Began", "Job", "Kind", "Worker", "Queue", "Came to", "Took"], [...items].reverse().slice(0, mostListed).map(item => [
      timeOfDay(item.startedAt), h("a", { href: address(item) }, item.title || item.kind), item.kind, workerName(item.worker), item.queue, ends[item.state].text, between(item.startedAt, item.endedAt)])),
    option: (colours, narrow) => ({
      grid: { left: narrow ? 104 : 190, right: 14, top: 32, bottom: 26 },
      legend: legend(colours, present.map(state => ends[state].text)),
      tooltip: { trigger: "item", formatter: ({ data }) => describe(data.item) },
      xAxis: axis(colours, "", { type: "time", min: Date.parse(from), max: Date.parse(to), narrow }),
      yAxis: axis(colours, "", {
        type: "category", inverse: true, data: rows.map(row => row.name), splitLine: { show: true, lineStyle: { color: colours.grid } },
        axisLabel: { color: colours.ink, fontSize: 11, interval: 0, width: narrow ? 96 : 180, overflow: "truncate" },
      }),
      series: present.map(state => ({
        name: ends[state].text, type: "custom", clip: true, encode: { x: [1, 2], y: 0 }, itemStyle: { color: colours[ends[state].colour] }, cursor: "pointer",
        data: bars[state],
        renderItem: ({ dataIndex }, api) => barOf(api, colours, bars[state][dataIndex].item.kind),
      })),
    }),
    events: { click: ({ data }) => data?.item && go(address(data.item)) },
  });
}

const address = item => `/jobs/${encodeURIComponent(item.jobId)}`;

// The rows, the one that was busy last first. Jobs of one queue that a worker does at once lie beside each other in its row.
function rowsOf(items, now) {
  const rows = new Map();
  for (const item of items) {
    const name = `${workerName(item.worker)} · ${shortQueue(item.queue)}`;
    const key = `${item.worker} ${item.queue}`;
    if (!rows.has(key)) rows.set(key, { name, bars: [], free: [] });
    const row = rows.get(key);
    const start = Date.parse(item.startedAt);
    const end = item.endedAt ? Date.parse(item.endedAt) : now;
    let lane = row.free.findIndex(until => until <= start);
    if (lane < 0) lane = row.free.length;
    row.free[lane] = end;
    row.bars.push({ item, start, end, lane });
  }

  return [...rows.values()].map(row => ({ ...row, lanes: row.free.length })).sort((a, b) => Math.max(...b.free) - Math.max(...a.free));
}

function barOf(api, colours, kind) {
  const [row, start, end, lane, lanes] = [0, 1, 2, 3, 4].map(index => api.value(index));
  const [left, middle] = api.coord([start, row]);
  const width = Math.max(2, api.coord([end, row])[0] - left);
  const whole = rowHeight * .72;
  const height = Math.max(2, whole / lanes - 1);
  return {
    type: "rect",
    shape: { x: left, y: middle - whole / 2 + lane * whole / lanes, width, height, r: 2 },
    style: { fill: api.visual("color"), stroke: colours.raised, lineWidth: width > 4 ? 1 : 0 },
    ...(width >= leastNamed && height >= 14 && { textConfig: { position: "inside" }, textContent: { type: "text", style: { text: kind, fill: colours.raised, fontSize: 11, width: width - 8, overflow: "truncate" } } }),
    emphasis: { style: { stroke: colours.ink, lineWidth: 1 } },
  };
}

function describe(item) {
  return tip(item.title || item.kind, [
    `${item.kind} in ${item.queue}, ${ends[item.state].text.toLowerCase()}`,
    `${between(item.startedAt, item.endedAt)}${item.endedAt ? "" : " so far"}, from ${exact(item.startedAt)}`,
    item.note,
  ].filter(Boolean));
}
