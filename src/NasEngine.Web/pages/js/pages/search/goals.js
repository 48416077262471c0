// Objectives and limits as rows of choices.

import { h } from "../../dom/h.js";
import { metricNames, metricOf } from "../../format/metrics.js";
import { field, select, textInput } from "../../ui/field.js";

const goals = [["maximize", "Maximize"], ["minimize", "Minimize"]];
const examples = { latency: "4 ms", memory: "256 KiB", macs: "30 M", parameters: "100 K", accuracy: "80 %", loss: "0.5" };

/** Rows of objectives. */
export function objectiveRows(draft, devices, changed) {
  const items = draft.goals("objectives");
  const store = next => { draft.change("objectives", next); changed(); };
  return h("div", { class: "rows" },
    items.map((item, index) => h("div", { class: "row", key: `objective-${index}` },
      field("Metric", select(item.metric, metricNames.map(name => [name, metricOf(name).title]), metric => store(items.with(index, fresh(metric, item))))),
      field("Goal", select(item.goal ?? metricOf(item.metric ?? "").goal, goals, goal => store(items.with(index, { ...item, goal })))),
      deviceField(item, devices, device => store(items.with(index, { ...item, device }))),
      removal(`Remove objective ${index + 1}`, items.length < 2, () => store(items.toSpliced(index, 1))))),
    h("div", null, h("button", { type: "button", class: "button", onclick: () => store([...items, unused(items)]) }, "Add an objective")));
}

/** Rows of limits. */
export function limitRows(draft, devices, changed) {
  const items = draft.goals("constraints");
  const store = next => { draft.change("constraints", next); changed(); };
  const bound = (item, index, name, text) => field(text, textInput(item[name] === undefined ? "" : String(item[name]), value => store(items.with(index, withBound(item, name, value))), { placeholder: `such as ${examples[item.metric] ?? "10"}` }));
  return h("div", { class: "rows" },
    items.map((item, index) => h("div", { class: "row limit-row", key: `limit-${index}` },
      field("Metric", select(item.metric, metricNames.map(name => [name, metricOf(name).title]), metric => store(items.with(index, { ...fresh(metric, {}), max: examples[metric] })))),
      bound(item, index, "min", "At least"),
      bound(item, index, "max", "At most"),
      deviceField(item, devices, device => store(items.with(index, { ...item, device }))),
      removal(`Remove limit ${index + 1}`, false, () => store(items.toSpliced(index, 1))))),
    h("div", null, h("button", { type: "button", class: "button", onclick: () => store([...items, { metric: "parameters", max: examples.parameters }]) }, "Add a limit")));
}

function fresh(metric, item) {
  const next = { metric };
  if (metric === "latency") next.device = item.device ?? "local";
  if (item.goal) next.goal = metricOf(metric).goal;
  return next;
}

function unused(items) {
  const metric = metricNames.find(name => !items.some(item => item.metric === name)) ?? "latency";
  return { ...fresh(metric, {}), goal: metricOf(metric).goal };
}

function withBound(item, name, value) {
  const { [name]: gone, ...rest } = item;
  const text = value.trim();
  if (text === "") return rest;
  return { ...rest, [name]: /^[0-9.eE+-]+$/.test(text) && Number.isFinite(Number(text)) ? Number(text) : text };
}

function deviceField(item, devices, changed) {
  if (item.metric !== "latency") return h("span", { class: "no-device" });
  const names = [...new Set(["local", ...devices.map(device => device.name), item.device ?? "local"])];
  return field("Device", select(item.device ?? "local", names, changed));
}

function removal(label, isDisabled, remove) {
  return h("button", { type: "button", class: "icon", "aria-label": label, disabled: isDisabled, onclick: remove }, "×");
}
