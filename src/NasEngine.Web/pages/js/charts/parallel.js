// Genes and metrics of many networks as parallel coordinates. Ranges are chosen by dragging along an axis.

import { chart, tip } from "./chart.js";
import { metricOf, metricText, scaled } from "../format/metrics.js";
import { count } from "../format/numbers.js";

const mostGenes = { wide: 14, narrow: 7 };
const mostLines = 1000;

/** Draws the networks of { genes, items }; of many genes, those that matter most to the first objective. */
export function parallelChart({ genes, items, importance }, objectives) {
  const keys = objectives.map(objective => objective.key);
  const shares = new Map((importance?.[keys[0]] ?? []).map(entry => [entry.gene, entry.share]));
  const varied = genes.map((gene, index) => ({ ...gene, index })).filter(gene => gene.choices.length > 1);
  const front = items.filter(item => item.front);
  const rest = items.filter(item => !item.front).slice(0, mostLines - front.length);
  return chart({
    key: "parallel",
    size: "tall",
    signature: `${items.length}/${front.length}/${varied.length}/${JSON.stringify(importance?.[keys[0]])}`,
    summary: `Choices of ${count(front.length)} networks of the front and ${count(rest.length)} others, gene by gene, with their ${keys.map(key => metricOf(key).title.toLowerCase()).join(" and ")}.`,
    note: `The front is blue. Drag along an axis to keep only networks in that range.${varied.length > mostGenes.wide ? ` Shown are the genes with the largest share in ${metricOf(keys[0]).title.toLowerCase()}.` : ""}`,
    option: (colours, narrow) => {
      const kept = [...varied].sort((a, b) => (shares.get(b.name) ?? 0) - (shares.get(a.name) ?? 0)).slice(0, narrow ? mostGenes.narrow : mostGenes.wide).sort((a, b) => a.index - b.index);
      const line = item => [...kept.map(gene => item.genes[gene.index]), ...keys.map(key => scaled(key, item.metrics[key]))];
      const series = (name, networks, style) => ({ name, type: "parallel", smooth: false, progressive: 0, data: networks.map(item => ({ value: line(item), item })), ...style });
      return {
        tooltip: { trigger: "item", formatter: ({ data }) => (data?.item ? tip(data.item.front ? "On the front" : null, keys.map(key => `${metricOf(key).title}: ${metricText(key, data.item.metrics[key])}`)) : null) },
        parallel: frame(colours, narrow),
        parallelAxis: [
          ...kept.map((gene, dim) => ({ dim, name: gene.name, type: "category", data: gene.choices.map(String) })),
          ...keys.map((key, index) => ({ dim: kept.length + index, name: metricOf(key).short, type: "value", scale: true })),
        ],
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
