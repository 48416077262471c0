// The Pareto front of a run: predicted and measured, what it dominates, and a limit that can be dragged.

import { axis, chart, legend, tip } from "./chart.js";
import { attachLimit, placeLimit } from "./limitLine.js";
import { axisTitle, goalOf, metricText, scaled, titleOf } from "../format/metrics.js";
import { count, isNumber } from "../format/numbers.js";

const measured = "Front, measured";
const predicted = "Front, predicted";
const others = "Other evaluations";

/**
 * Draws the front.
 * @param x,y Keys of the metrics on the axes.
 * @param cloud Evaluated networks as columns: { x, y, total }, or null.
 * @param limit The greatest allowed x in its stored unit, or null; onLimit(value) is called while it is dragged.
 * @param chosen The genotype of the selected network; onChoose(point) selects another.
 */
export function frontChart({ points, cloud, x, y, objectives, limit, onLimit, chosen, onChoose }) {
  const place = point => [scaled(x, point.metrics[x]), scaled(y, point.metrics[y])];
  const sorted = [...points].filter(point => isNumber(point.metrics[x]) && isNumber(point.metrics[y])).sort((a, b) => a.metrics[x] - b.metrics[x]);
  const isWithin = point => limit === null || point.metrics[x] <= limit;
  const goal = goalOf(objectives.find(objective => objective.key === y) ?? { key: y });
  const best = sorted.filter(isWithin).sort((a, b) => (goal === "maximize" ? b.metrics[y] - a.metrics[y] : a.metrics[y] - b.metrics[y]))[0];
  const summary = `${count(sorted.length)} networks on the front of ${titleOf(y)} and ${titleOf(x)}.`
    + (best ? ` Best ${limit === null ? "" : "within the limit"}: ${metricText(y, best.metrics[y])} at ${metricText(x, best.metrics[x])}.` : "");
  return chart({
    key: "front",
    size: "tall",
    summary,
    signature: JSON.stringify([sorted.length, x, y, limit, chosen, cloud?.total, cloud?.x.length, sorted.map(place)]),
    note: `Bars through measured points span the interval of the median.${cloud && cloud.x.length < cloud.total ? ` Of ${count(cloud.total)} evaluations, ${count(cloud.x.length)} are drawn.` : ""} Drag in the chart to zoom, double-click to see all, drag the red line to set a limit.`,
    option: (colours, narrow, instance) => ({
      grid: { left: narrow ? 54 : 62, right: 22, top: narrow ? 58 : 44, bottom: 46 },
      legend: legend(colours, [measured, predicted, cloud?.x.length ? others : null].filter(Boolean)),
      toolbox: { show: true, itemSize: 0, feature: { dataZoom: { filterMode: "none", icon: { zoom: "path://", back: "path://" }, title: { zoom: "", back: "" }, brushStyle: { color: colours.grid, opacity: .5 } } } },
      dataZoom: ["xAxisIndex", "yAxisIndex"].map((name, index) => ({ type: "inside", [name]: 0, filterMode: "none", zoomOnMouseWheel: "ctrl", moveOnMouseMove: false, ...zoomOf(instance, index) })),
      tooltip: { trigger: "item", formatter: item => (item.data?.point ? describe(item.data.point, objectives, x, y) : item.seriesName === others ? tip(others.slice(0, -1), [`${titleOf(y)}: ${item.value[1].toPrecision(4)}`, `${titleOf(x)}: ${item.value[0].toPrecision(4)}`]) : null) },
      xAxis: axis(colours, axisTitle(x), { narrow }),
      yAxis: axis(colours, axisTitle(y), { isVertical: true, narrow }),
      series: [
        cloud?.x.length && { name: others, type: "scatter", large: true, largeThreshold: 2500, symbolSize: 4, z: 1, itemStyle: { color: colours.faded, opacity: .5 }, data: cloud.x.map((value, index) => [scaled(x, value), scaled(y, cloud.y[index])]).filter(([a, b]) => !Number.isNaN(a) && !Number.isNaN(b)) },
        { name: predicted, type: "scatter", symbolSize: 9, z: 2, itemStyle: { color: "transparent", borderColor: colours.orange, borderWidth: 2 }, data: sorted.filter(point => hasPrediction(point, x, y)).map(point => ({ value: [scaled(x, point.predicted[x] ?? point.metrics[x]), scaled(y, point.predicted[y] ?? point.metrics[y])], point })) },
        { type: "custom", name: "Intervals", clip: true, encode: { x: [0, 1], y: 2 }, z: 3, silent: true, itemStyle: { color: colours.accent }, data: sorted.filter(point => point.interval?.[x]).map(point => [...point.interval[x].map(value => scaled(x, value)), scaled(y, point.metrics[y])]), renderItem: interval },
        { name: measured, type: "line", z: 4, symbol: "circle", symbolSize: 10, lineStyle: { width: 1.5, color: colours.accent }, itemStyle: { color: colours.accent }, data: sorted.map(point => ({ value: place(point), point, symbolSize: point.genotype === chosen ? 16 : 10, itemStyle: { color: point.genotype === chosen ? colours.green : colours.accent, opacity: isWithin(point) ? 1 : .35, borderColor: colours.raised, borderWidth: 1.5 } })) },
      ].filter(Boolean),
    }),
    events: {
      click: item => item.data?.point && onChoose(item.data.point),
      datazoom: (_, instance) => placeLimit(instance),
    },
    after: instance => {
      instance.dispatchAction({ type: "takeGlobalCursor", key: "dataZoomSelect", dataZoomSelectActive: true });
      instance.getZr().off("dblclick");
      instance.getZr().on("dblclick", () => instance.dispatchAction({ type: "dataZoom", batch: [{ dataZoomIndex: 0, start: 0, end: 100 }, { dataZoomIndex: 1, start: 0, end: 100 }] }));
      attachLimit(instance, { key: x, value: limit, onChange: onLimit });
    },
  });
}

function zoomOf(instance, index) {
  const zoom = instance?.getOption()?.dataZoom?.[index];
  return zoom ? { start: zoom.start, end: zoom.end } : {};
}

function hasPrediction(point, x, y) {
  return isNumber(point.predicted?.[x]) || isNumber(point.predicted?.[y]);
}

function interval(_, api) {
  const [left, y] = api.coord([api.value(0), api.value(2)]);
  const [right] = api.coord([api.value(1), api.value(2)]);
  return { type: "line", shape: { x1: left, y1: y, x2: right, y2: y }, style: { stroke: api.visual("color"), lineWidth: 5, opacity: .4, lineCap: "round" } };
}

function describe(point, objectives, x, y) {
  const keys = [...new Set([y, x, ...objectives.map(objective => objective.key)])];
  return tip(`Network ${point.number}`, keys.map(key => {
    const expected = point.predicted?.[key];
    return `${titleOf(key)}: ${metricText(key, point.metrics[key])}${isNumber(expected) ? ` (predicted ${metricText(key, expected)})` : ""}`;
  }), point.genotype);
}
