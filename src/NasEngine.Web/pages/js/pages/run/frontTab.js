// The front of a run, the selected network, and what can be done with it.

import { address, query } from "../../app/client.js";
import { frontChart } from "../../charts/front.js";
import { h, list } from "../../dom/h.js";
import { axesOf, deviceOf, goalOf, metricOf, metricText, shortTitleOf, titleOf } from "../../format/metrics.js";
import { bytes, count, isNumber } from "../../format/numbers.js";
import { field, select } from "../../ui/field.js";
import { empty, panel } from "../../ui/panel.js";
import { table } from "../../ui/table.js";
import { announce } from "../../ui/toast.js";
import { networkPanel } from "./networkPanel.js";

const mostDrawn = 5000;

export class FrontTab {
  #context;
  #front = { points: [] };
  #cloud = null;
  #cloudOf = "";
  #chosen = null;
  #network = null;
  #limit = null;
  #exporting = false;

  constructor(context) {
    this.#context = context;
    this.#chosen = context.page.query.get("network");
  }

  async load() {
    const { page, path, run, front } = this.#context;
    this.#front = await front;
    if (!this.#front.points.length) this.#front = await page.get(`${path}/front?stage=search`).catch(() => this.#front);
    const { x, y } = this.#axes();
    this.#limit ??= this.#limitOfRun(run, x);
    const wanted = `${x}/${y}/${this.#context.summary?.evaluations}`;
    if (this.#cloudOf !== wanted) {
      this.#cloud = await page.get(`${path}/scatter${query({ stage: "search", x, y, max: mostDrawn })}`).catch(() => null);
      this.#cloudOf = wanted;
    }

    const point = this.#point() ?? this.#best();
    if (point && point.genotype !== this.#network?.genotype) await this.#choose(point, { isQuiet: true });
  }

  view() {
    const { page, run } = this.#context;
    const { points } = this.#front;
    if (!points.length && !this.#cloud?.x.length) return h("section", { class: "panel" }, empty("The front appears once networks have been searched: first the supernet is trained and predictors are fitted."));
    const { x, y } = this.#axes();
    const choices = this.#keys().map(key => [key, titleOf(key)]);
    const limit = this.#limit;
    return h("div", { class: "columns" },
      panel("Pareto front", list(
        frontChart({ points, cloud: this.#cloud, x, y, objectives: run.objectives, limit, onLimit: value => this.#setLimit(value), chosen: this.#chosen, onChoose: point => this.#choose(point) }),
        this.#limitControls(x)), {
        size: "two-thirds",
        actions: [field("Across", select(x, choices, value => page.ask({ x: value }))), field("Up", select(y, choices, value => page.ask({ y: value })))],
      }),
      networkPanel(this.#context, this.#point(), this.#network, this.#exporting, isGoing => { this.#exporting = isGoing; this.#context.draw(); }),
      points.length > 0 && panel("Networks of the front", this.#table(), {
        flush: true, size: "front-table",
        actions: h("a", { class: "button", href: address(`${this.#context.path}/evaluations.csv${query({ stage: run.steps?.some(step => step.step === "verify" && step.state === "done") ? "verify" : "search" })}`), download: "" }, "Evaluations as CSV"),
      }),
      run.artefacts?.length > 0 && panel("Files", h("ul", { class: "files" }, run.artefacts.map(file => h("li", null,
        h("a", { href: address(file.href), download: file.name }, file.name), h("span", { class: "note" }, ` ${file.kind}, ${bytes(file.bytes)}, SHA-256 `, h("code", null, file.sha256?.slice(0, 16) ?? "–")))))));
  }

  #keys() {
    const { run } = this.#context;
    return [...new Set([...run.objectives.map(objective => objective.key), ...this.#front.points.slice(0, 1).flatMap(point => Object.keys(point.metrics)), "parameters", "macs", "memory"])];
  }

  #axes() {
    const { page, run } = this.#context;
    const keys = this.#keys();
    const axes = axesOf(run.objectives);
    const asked = name => (keys.includes(page.query.get(name)) ? page.query.get(name) : axes[name]);
    return { x: asked("x"), y: asked("y") };
  }

  // A limit far beyond every network says nothing in the chart.
  #limitOfRun(run, x) {
    const own = run.constraints?.find(constraint => constraint.key === x)?.max;
    const most = Math.max(...this.#front.points.map(point => point.metrics[x]).filter(isNumber));
    return isNumber(own) && own < most ? own : null;
  }

  #point() {
    return this.#front.points.find(point => point.genotype === this.#chosen) ?? null;
  }

  #within() {
    const { x } = this.#axes();
    return this.#front.points.filter(point => this.#limit === null || point.metrics[x] <= this.#limit);
  }

  #best() {
    const { run } = this.#context;
    const { y } = this.#axes();
    const sign = goalOf(run.objectives.find(objective => objective.key === y) ?? { key: y }) === "maximize" ? 1 : -1;
    const better = (a, b) => (sign * b.metrics[y] > sign * a.metrics[y] ? b : a);
    return this.#within().length ? this.#within().reduce(better) : null;
  }

  async #choose(point, { isQuiet = false } = {}) {
    const { page, path, draw } = this.#context;
    this.#chosen = point.genotype;
    if (!isQuiet) {
      history.replaceState(history.state, "", withNetwork(point.genotype));
      announce(`Network ${point.number} selected`);
      draw();
    }

    this.#network = await page.get(`${path}/network${query({ genotype: point.genotype })}`).catch(() => ({ genotype: point.genotype }));
    if (!isQuiet) draw();
  }

  #setLimit(value) {
    const { draw } = this.#context;
    this.#limit = value;
    draw();
  }

  #limitControls(x) {
    const values = this.#front.points.map(point => point.metrics[x]).filter(isNumber);
    if (values.length < 2) return null;
    const { scale, unit, title } = metricOf(x);
    const low = Math.min(...values) * scale;
    const high = Math.max(...values) * scale;
    const within = this.#within();
    const best = this.#best();
    const { y } = this.#axes();
    const change = text => this.#setLimit(text === "" ? null : Number(text) / scale);
    const step = 10 ** Math.floor(Math.log10((high - low) / 200 || 1));
    const value = this.#limit === null ? "" : Number((this.#limit * scale).toPrecision(4));
    return h("div", { class: "limit", role: "group", "aria-label": "Limit" },
      h("span", null, `${title} at most`),
      h("input", { type: "number", "aria-label": `Limit in ${unit || "its unit"}`, min: 0, step: "any", placeholder: "no limit", value, onchange: event => change(event.target.value) }),
      h("span", null, unit),
      h("input", { type: "range", "aria-label": "Limit, as a slider", min: low, max: high, step, value: value === "" ? high : value, "aria-valuetext": value === "" ? "no limit" : `${value} ${unit}`, oninput: event => change(Number(event.target.value) >= high - step / 2 ? "" : event.target.value) }),
      h("button", { type: "button", class: "button", disabled: !best, onclick: () => best && this.#choose(best) }, "Select the best"),
      this.#limit !== null && h("a", { class: "button", href: `/new${query({ run: this.#context.run.id, limit: `${x}:${Number((this.#limit).toPrecision(4))}` })}` }, "Search with this limit"),
      h("output", null, `${count(within.length)} of ${count(values.length)} networks are within the limit.${best ? ` Best ${titleOf(y).toLowerCase()}: ${metricText(y, best.metrics[y])}.` : ""}`));
  }

  #table() {
    const { run } = this.#context;
    const keys = [...new Set([...run.objectives.map(objective => objective.key), "parameters", "macs", "memory"])];
    const within = new Set(this.#within());
    return table({
      caption: "Networks of the front", rows: this.#front.points, key: point => point.genotype, chosen: point => point.genotype === this.#chosen,
      columns: [
        { name: "Network", lead: true, cell: point => h("button", { type: "button", class: "row-button", "aria-pressed": String(point.genotype === this.#chosen), onclick: () => this.#choose(point) }, h("b", null, `${point.number} `), h("span", { class: "genotype" }, point.genotype)) },
        ...keys.flatMap((key, index) => [
          { name: shortTitleOf(key), number: true, minor: index >= run.objectives.length, cell: point => h("span", { class: within.has(point) ? null : "beyond" }, metricText(key, point.metrics[key]), point.interval?.[key] && h("span", { class: "note" }, `${metricText(key, point.interval[key][0])} to ${metricText(key, point.interval[key][1])}`)) },
          deviceOf(key) && { name: "Predicted", number: true, minor: true, cell: point => metricText(key, point.predicted?.[key]) },
        ].filter(Boolean)),
      ],
    });
  }
}

function withNetwork(genotype) {
  const parameters = new URLSearchParams(location.search);
  parameters.set("network", genotype);
  return `${location.pathname}?${parameters}`;
}
