// Metrics and their units. A key is a metric, or a metric on a device: "accuracy", "latency@local".

import { bytes, compact, isNumber, percent, significant } from "./numbers.js";

const known = {
  accuracy: { title: "Accuracy", unit: "%", scale: 100, text: value => percent(value, 2), goal: "maximize" },
  "test.accuracy": { title: "Test accuracy", unit: "%", scale: 100, text: value => percent(value, 2), goal: "maximize" },
  loss: { title: "Loss", unit: "nats", scale: 1, text: value => significant(value, 4), goal: "minimize" },
  latency: { title: "Latency", unit: "ms", scale: 1, text: value => `${significant(value, 3)} ms`, goal: "minimize" },
  macs: { title: "Multiply-accumulates", short: "MACs", unit: "M", scale: 1e-6, text: compact, goal: "minimize" },
  parameters: { title: "Parameters", unit: "K", scale: 1e-3, text: compact, goal: "minimize" },
  memory: { title: "Memory", unit: "KiB", scale: 1 / 1024, text: bytes, goal: "minimize" },
};

/** What is known of the metric that a key names. */
export function metricOf(key) {
  const name = key.split("@")[0];
  const metric = known[name] ?? { title: name, unit: "", scale: 1, text: value => significant(value, 4), goal: "minimize" };
  return { short: metric.title, ...metric };
}

/** Metrics that objectives and limits can name. */
export const metricNames = Object.keys(known).filter(name => !name.includes("."));

export function deviceOf(key) {
  return key.split("@")[1] ?? null;
}

/** "Latency on local". */
export function titleOf(key) {
  const device = deviceOf(key);
  return metricOf(key).title + (device ? ` on ${device}` : "");
}

/** "Latency on local", or as short as it is said: "MACs". */
export function shortTitleOf(key) {
  const device = deviceOf(key);
  return metricOf(key).short + (device ? ` on ${device}` : "");
}

/** "Latency on local (ms)". */
export function axisTitle(key) {
  const { unit } = metricOf(key);
  return titleOf(key) + (unit ? ` (${unit})` : "");
}

/** A value with its unit. */
export function metricText(key, value) {
  return isNumber(value) ? metricOf(key).text(value) : "–";
}

/** A value in the unit of the axes; NaN for what is missing. */
export function scaled(key, value) {
  return isNumber(value) ? value * metricOf(key).scale : NaN;
}

export function goalOf(objective) {
  return objective.goal ?? metricOf(objective.key).goal;
}

/** Two objectives to draw against each other: cost across, quality up. */
export function axesOf(objectives) {
  const keys = objectives.map(objective => objective.key);
  const up = objectives.find(objective => goalOf(objective) === "maximize")?.key ?? keys[0];
  const across = keys.find(key => key !== up && deviceOf(key)) ?? keys.find(key => key !== up) ?? (up === "parameters" ? "macs" : "parameters");
  return { x: across, y: up };
}
