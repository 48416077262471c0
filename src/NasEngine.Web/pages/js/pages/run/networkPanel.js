// The selected network: what was measured and predicted, how it is built, and its export.

import { address, get, mayAct, post } from "../../app/client.js";
import { drawNetwork } from "../../charts/drawing.js";
import { h, list } from "../../dom/h.js";
import { metricText, shortTitleOf } from "../../format/metrics.js";
import { isNumber } from "../../format/numbers.js";
import { unfinished } from "../../format/states.js";
import { empty, panel } from "../../ui/panel.js";
import { toast } from "../../ui/toast.js";

const askAgainAfter = 700;
const exported = new Map();

/** Draws the panel; whenExporting(isGoing) is told while a model is being made. */
export function networkPanel(context, point, network, isExporting, whenExporting) {
  if (!point) return panel("Network", empty("Select a point of the front."), { size: "third" });
  const keys = [...new Set([...Object.keys(point.metrics), ...Object.keys(point.predicted ?? {})])];
  const hasPrediction = keys.some(key => isNumber(point.predicted?.[key]));
  const model = modelOf(context, point);
  return panel(`Network ${point.number}`, list(
    h("p", { class: "genotype" }, point.genotype),
    h("table", { class: "metric-pairs" },
      h("caption", { class: "hidden-text" }, "Measured and predicted values"),
      h("thead", null, h("tr", null, h("th", { scope: "col" }, "Metric"), h("th", { scope: "col" }, "Measured"), hasPrediction && h("th", { scope: "col" }, "Predicted"))),
      h("tbody", null, keys.map(key => h("tr", null,
        h("th", { scope: "row" }, shortTitleOf(key)),
        h("td", null, metricText(key, point.metrics[key]), point.interval?.[key] && h("span", { class: "note block" }, `${metricText(key, point.interval[key][0])} to ${metricText(key, point.interval[key][1])}`)),
        hasPrediction && h("td", null, metricText(key, point.predicted?.[key])))))),
    h("div", { class: "actions" },
      mayAct() && h("button", { type: "button", class: "button primary", disabled: isExporting, onclick: () => exportNetwork(context, point, whenExporting) }, isExporting ? "Exporting…" : "Export ONNX FP32"),
      model && h("a", { class: "button", href: address(model.href), download: model.name }, "Download")),
    network?.drawing && network.genotype === point.genotype && drawNetwork(network.drawing)), { size: "third" });
}

async function exportNetwork(context, point, whenExporting) {
  const { page, path } = context;
  whenExporting(true);
  try {
    const { jobId } = await post(`${path}/export`, { genotype: point.genotype, format: "fp32" });
    const job = await finished(page, jobId);
    if (job.state !== "succeeded") throw new Error(job.error ?? `The export ended as ${job.state}.`);
    context.run = await page.get(path);
    exported.set(keyOf(context, point), job.result?.sha256);
    const file = modelOf(context, point);
    if (!file) throw new Error("The export ended, but the run has no model of this network.");
    save(file);
    toast(`${file.name} was exported.`);
  } catch (problem) {
    if (problem.name !== "AbortError") toast(problem.message, "bad");
  } finally {
    whenExporting(false);
  }
}

async function finished(page, jobId) {
  for (;;) {
    const job = await get(`/jobs/${encodeURIComponent(jobId)}`, { signal: page.signal });
    if (!unfinished.has(job.state)) return job;
    await new Promise(resolve => setTimeout(resolve, askAgainAfter));
  }
}

function save(file) {
  const link = h("a", { href: address(file.href), download: file.name });
  document.body.append(link);
  link.click();
  link.remove();
}

// The model of a network among the run's files: exported here, or by the run's own export step.
function modelOf(context, point) {
  const own = context.run.steps.find(step => step.step === "export")?.result;
  const digest = exported.get(keyOf(context, point)) ?? (own?.genotype === point.genotype ? own.sha256 : null);
  return digest ? context.run.artefacts?.find(file => file.sha256 === digest) : null;
}

function keyOf(context, point) {
  return `${context.run.id} ${point.genotype}`;
}
