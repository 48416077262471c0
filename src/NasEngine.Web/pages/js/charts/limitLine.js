// A vertical line over a chart that a person drags, or moves with the arrow keys, to set a limit.

import { h } from "../dom/h.js";
import { metricOf, metricText, scaled, titleOf } from "../format/metrics.js";

const lines = new WeakMap();
const keys = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 };
const stepsAcross = 100;

/**
 * Puts the line on a chart.
 * @param settings { key, value, onChange(value) }; the value is in the metric's stored unit, null for a line at the right end, which is no limit.
 */
export function attachLimit(chart, settings) {
  const line = lines.get(chart) ?? new LimitLine(chart);
  lines.set(chart, line);
  line.set(settings);
}

/** Puts the line where its value is, after a zoom or a change of size. */
export function placeLimit(chart) {
  lines.get(chart)?.place();
}

class LimitLine {
  #chart;
  #settings = null;
  #isDragged = false;
  #label = h("span", { class: "limit-label" });
  #handle = h("div", { class: "limit-line", role: "slider", tabindex: "0" }, this.#label);

  constructor(chart) {
    this.#chart = chart;
    this.#handle.addEventListener("pointerdown", event => this.#start(event));
    this.#handle.addEventListener("pointermove", event => this.#isDragged && this.#move(event));
    this.#handle.addEventListener("pointerup", () => this.#end());
    this.#handle.addEventListener("pointercancel", () => this.#end());
    this.#handle.addEventListener("keydown", event => this.#press(event));
    chart.getDom().parentElement.append(this.#handle);
  }

  set(settings) {
    this.#settings = settings;
    this.place();
  }

  place() {
    const area = this.#area();
    if (!area || this.#isDragged) return;
    const { key, value } = this.#settings;
    const right = area.x + area.width;
    const wanted = value === null ? right : this.#chart.convertToPixel({ xAxisIndex: 0 }, scaled(key, value));
    this.#handle.hidden = wanted < area.x - 1 || wanted > right + 1;
    this.#show(Math.min(right, Math.max(area.x, wanted)), value, area);
  }

  #area() {
    return this.#chart.getModel().getComponent("grid")?.coordinateSystem?.getRect();
  }

  #show(at, value, area) {
    const { key } = this.#settings;
    const text = value === null ? "no limit" : `≤ ${metricText(key, value)}`;
    Object.assign(this.#handle.style, { left: `${at}px`, top: `${area.y}px`, height: `${area.height}px` });
    this.#handle.classList.toggle("left-label", at > area.x + area.width / 2);
    this.#label.textContent = text;
    const share = (at - area.x) / area.width;
    for (const [name, now] of Object.entries({ "aria-label": `Limit of ${titleOf(key)}`, "aria-valuemin": 0, "aria-valuemax": 100, "aria-valuenow": Math.round(100 * share), "aria-valuetext": text })) {
      this.#handle.setAttribute(name, now);
    }
  }

  #valueAt(pixel, area) {
    if (pixel >= area.x + area.width - 1) return null;
    return this.#chart.convertFromPixel({ xAxisIndex: 0 }, pixel) / metricOf(this.#settings.key).scale;
  }

  #start(event) {
    event.preventDefault();
    this.#handle.focus({ preventScroll: true });
    this.#handle.setPointerCapture(event.pointerId);
    this.#isDragged = true;
  }

  #move(event) {
    const area = this.#area();
    const at = event.clientX - this.#chart.getDom().getBoundingClientRect().left;
    const bounded = Math.min(area.x + area.width, Math.max(area.x, at));
    this.#settings.value = this.#valueAt(bounded, area);
    this.#show(bounded, this.#settings.value, area);
  }

  #end() {
    if (!this.#isDragged) return;
    this.#isDragged = false;
    this.#settings.onChange(this.#settings.value);
  }

  #press(event) {
    const area = this.#area();
    const now = Number.parseFloat(this.#handle.style.left);
    const to = event.key === "Home" ? area.x : event.key === "End" ? area.x + area.width : event.key in keys ? now + keys[event.key] * area.width / stepsAcross : null;
    if (to === null) return;
    event.preventDefault();
    const bounded = Math.min(area.x + area.width, Math.max(area.x, to));
    this.#settings.onChange(this.#valueAt(bounded, area));
  }
}
