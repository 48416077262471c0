// A vertical line over a chart that a person drags to set a limit.

import { metricOf, metricText, scaled } from "../format/metrics.js";

const state = new WeakMap();

export const limitLine = {
  /** Puts the line on a chart; the value is in the metric's stored unit, null for a line at the right end. */
  attach(chart, colours, settings) {
    state.set(chart, { colours, ...settings });
    this.place(chart);
  },

  /** Puts the line where its value is now, after a zoom or a change of size. */
  place(chart) {
    const own = state.get(chart);
    if (!own || own.isDragging) return;
    const area = chart.getModel().getComponent("grid")?.coordinateSystem?.getRect();
    if (!area) return;
    const right = area.x + area.width;
    const wanted = own.value === null ? right : chart.convertToPixel({ xAxisIndex: 0 }, scaled(own.key, own.value));
    const at = Math.min(right, Math.max(area.x, wanted));
    chart.setOption({ graphic: { elements: [{ id: "limit", $action: "replace", ...line(chart, own, area, at) }] } });
  },
};

function line(chart, own, area, at) {
  const { colours } = own;
  const valueAt = pixel => (pixel >= area.x + area.width - 1 ? null : chart.convertFromPixel({ xAxisIndex: 0 }, pixel) / metricOf(own.key).scale);
  const label = value => (value === null ? "no limit" : `≤ ${metricText(own.key, value)}`);
  return {
    type: "group", x: at, y: area.y, z: 60, draggable: "horizontal", cursor: "ew-resize",
    ondrag() {
      own.isDragging = true;
      this.x = Math.min(area.x + area.width, Math.max(area.x, this.x));
      this.childAt(2).setStyle("text", label(valueAt(this.x)));
    },
    ondragend() {
      own.isDragging = false;
      own.onChange(valueAt(this.x));
    },
    children: [
      { type: "rect", shape: { x: -12, y: 0, width: 24, height: area.height }, style: { fill: "transparent" }, cursor: "ew-resize" },
      { type: "line", shape: { x1: 0, y1: 0, x2: 0, y2: area.height }, style: { stroke: colours.red, lineWidth: 1.5, lineDash: [5, 4] }, cursor: "ew-resize" },
      { type: "text", x: -8, y: 4, style: { text: label(own.value), fill: colours.red, fontSize: 12, align: "right" }, silent: true },
      { type: "circle", shape: { cx: 0, cy: area.height / 2, r: 7 }, style: { fill: colours.red, stroke: colours.raised, lineWidth: 2 }, cursor: "ew-resize" },
    ],
  };
}
