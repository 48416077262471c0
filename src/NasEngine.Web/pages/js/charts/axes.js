// Which genes and metrics are drawn as axes, in which order: what a person chose for a space is remembered in this browser.

import { metricOf, shortTitleOf, titleOf } from "../format/metrics.js";

const mostGenes = 14;
const storedUnder = space => `nas.axes.${space}`;

/** All axes that { genes, items } has: genes with a choice first, then objectives, then other metrics. */
export function axesFor({ genes, items }, objectives) {
  const goals = objectives.map(objective => objective.key);
  const measured = [...new Set(items.flatMap(item => Object.keys(item.metrics)))].filter(key => !goals.includes(key)).sort();
  const keys = [...goals, ...measured];
  const isTwice = key => keys.some(other => other !== key && metricOf(other).short === metricOf(key).short);
  return [
    ...genes.map((gene, index) => ({ id: `gene ${gene.name}`, text: gene.name, name: gene.name, gene: index, choices: gene.choices })).filter(axis => axis.choices.length > 1),
    ...keys.map(key => ({ id: `metric ${key}`, text: titleOf(key), name: isTwice(key) ? shortTitleOf(key) : metricOf(key).short, key, isGoal: goals.includes(key) })),
  ];
}

/** The axes drawn where nobody has chosen: the genes that matter most to the first objective, and the objectives. */
export function usualAxes(axes, { importance }, objectives, most = mostGenes) {
  const shares = new Map((importance?.[objectives[0]?.key] ?? []).map(entry => [entry.gene, entry.share]));
  const genes = axes.filter(axis => axis.choices).sort((a, b) => (shares.get(b.text) ?? 0) - (shares.get(a.text) ?? 0)).slice(0, most).sort((a, b) => a.gene - b.gene);
  return [...genes, ...axes.filter(axis => axis.isGoal)];
}

/** The axes that a person chose for a space, in their order; null where nobody has chosen, or nothing of it is there any more. */
export function chosenAxes(space, axes) {
  try {
    const ids = JSON.parse(localStorage.getItem(storedUnder(space)));
    const chosen = Array.isArray(ids) ? ids.map(id => axes.find(axis => axis.id === id)).filter(Boolean) : [];
    return chosen.length > 0 ? chosen : null;
  } catch {
    return null; // what stands there was written by something else
  }
}

/** Remembers the axes chosen for a space; null forgets them. */
export function rememberAxes(space, axes) {
  if (axes === null) localStorage.removeItem(storedUnder(space));
  else localStorage.setItem(storedUnder(space), JSON.stringify(axes.map(axis => axis.id)));
}
