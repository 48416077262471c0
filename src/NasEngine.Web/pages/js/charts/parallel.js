// Genes and metrics of many networks as parallel coordinates. Ranges are chosen by dragging along an axis.

import { usualAxes } from "./axes.js";
import { chart, tip } from "./chart.js";
import { metricOf, metricText, scaled } from "../format/metrics.js";
import { count } from "../format/numbers.js";

const fewGenes = 7;
const mostLines = 1000;

/** Draws the networks of { genes, items } on some axes; on the usual ones where `isChosen` does not hold, of which a narrow screen has fewer. */
export function parallelChart(view, objectives, { axes, drawn, isChosen }) {
  const keys = objectives.map(objective => objective.key);
  const front = view.items.filter(item => item.front);
  const rest = view.items.filter(item => !item.front).slice(0, mostLines - front.length);
  const isPart = axes.some(axis => axis.choices && !drawn.includes(axis));
  return chart({
    key: "parallel",
    size: "tall",
    signature: `${view.items.length}/${front.length}/${drawn.map(axis => axis.id).join("/")}/${isChosen}`,
    summary: `Choices of ${count(front.length)} networks of the front and ${count(rest.length)} others on the axes ${drawn.map(axis => axis.text).join(", ")}.`,
    note: `The front is blue. Drag along an axis to keep only networks in that range.${isPart && !isChosen ? ` Shown are the genes with the largest share in ${metricOf(keys[0]).title.toLowerCase()}.` : ""}`,
    option: (colours, narrow) => {
      const kept = narrow && !isChosen ? usualAxes(axes, view, objectives, fewGenes) : drawn;
      const line = item => kept.map(axis => (axis.choices ? item.genes[axis.gene] : scaled(axis.key, item.metrics[axis.key])));
      const series = (name, networks, style) => ({ name, type: "parallel", smooth: false, progressive: 0, data: networks.map(item => ({ value: line(item), item })), ...style });
      return {
        tooltip: { trigger: "item", formatter: ({ data }) => (data?.item ? tip(data.item.front ? "On the front" : null, keys.map(key => `${metricOf(key).title}: ${metricText(key, data.item.metrics[key])}`)) : null) },
        parallel: frame(colours, narrow),
        parallelAxis: kept.map((axis, dim) => (axis.choices
          ? { dim, name: axis.name, type: "category", data: axis.choices.map(String) }
          : { dim, name: axis.name, type: "value", scale: true })),
        series: [
          series("Others", rest, { lineStyle: { width: 1, color: colours.faded, opacity: .14 }, inactiveOpacity: .01, activeOpacity: .4 }),
          series("Front", front, { z: 3, lineStyle: { width: 2, color: colours.accent, opacity: .85 }, inactiveOpacity: .06, activeOpacity: 1 }),
        ],
      };
    },
  });
}

function frame(colours, narrow) {
  return {
    left: narrow ? 66 : 40, right: narrow ? 20 : 70, top: 30, bottom: narrow ? 30 : 26,
    layout: narrow ? "vertical" : "horizontal",
    parallelAxisDefault: {
      nameLocation: "start", nameGap: 14, nameTextStyle: { color: colours.ink, fontSize: 11 },
      axisLine: { lineStyle: { color: colours.faded } }, axisTick: { show: false },
      axisLabel: { color: colours.muted, fontSize: 11, showMaxLabel: true, hideOverlap: true },
      areaSelectStyle: { color: colours.accent, borderColor: colours.accent, opacity: .25 },
    },
  };
}
