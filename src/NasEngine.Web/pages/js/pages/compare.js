// Fronts of several runs side by side.

import { query } from "../app/client.js";
import { go } from "../app/router.js";
import { frontsChart } from "../charts/fronts.js";
import { h, list } from "../dom/h.js";
import { axesOf, metricText, titleOf } from "../format/metrics.js";
import { count } from "../format/numbers.js";
import { field, select } from "../ui/field.js";
import { empty, pageHead, panel } from "../ui/panel.js";
import { table } from "../ui/table.js";

const most = 6;

export async function open(page) {
  page.title("Compare runs");
  const ids = (page.query.get("runs") ?? "").split(",").map(decodeURIComponent).filter(Boolean).slice(0, most);
  const known = await page.get("/runs?sort=createdAt&limit=100");
  const candidates = known.items.filter(run => run.frontSize > 0 && !ids.includes(run.id));
  const answer = ids.length ? await page.get(`/compare${query({ runs: ids.join(",") })}`) : { objectives: [], fronts: [] };
  const change = next => go(`/compare${next.length ? `?runs=${next.map(encodeURIComponent).join(",")}` : ""}`, { replace: true });
  page.show(list(
    pageHead("Compare runs", { note: "Fronts in one chart, each with a colour and a mark of its own." }),
    h("div", { class: "filters" },
      ids.map(id => h("span", { class: "chosen-run", key: id }, h("a", { href: `/runs/${encodeURIComponent(id)}` }, id),
        h("button", { type: "button", class: "icon", "aria-label": `Take ${id} out`, onclick: () => change(ids.filter(other => other !== id)) }, "×"))),
      ids.length < most && candidates.length > 0 && field("Add a run", select("", [["", "Choose…"], ...candidates.map(run => [run.id, run.id])], value => value && change([...ids, value])))),
    ids.length === 0 ? h("section", { class: "panel" }, empty(candidates.length ? "Choose runs to see their fronts together." : "No run has a front yet.")) : view(page, answer)));
}

function view(page, { objectives, fronts }) {
  const drawn = fronts.filter(front => front.points.length > 0);
  if (drawn.length === 0) return h("section", { class: "panel" }, empty("None of these runs has a front yet."));
  const keys = [...new Set([...objectives.map(objective => objective.key), ...Object.keys(drawn[0].points[0].metrics)])];
  const axes = axesOf(objectives);
  const x = keys.includes(page.query.get("x")) ? page.query.get("x") : axes.x;
  const y = keys.includes(page.query.get("y")) ? page.query.get("y") : axes.y;
  const choices = keys.map(key => [key, titleOf(key)]);
  return h("div", { class: "stack" },
    panel("Fronts", frontsChart(drawn, x, y), {
      actions: [field("Across", select(x, choices, value => page.ask({ x: value }))), field("Up", select(y, choices, value => page.ask({ y: value })))],
    }),
    panel("Best of each", table({
      caption: "Best values of each front", rows: fronts, key: front => front.run,
      columns: [
        { name: "Run", lead: true, cell: front => h("a", { href: `/runs/${encodeURIComponent(front.run)}` }, front.run) },
        { name: "Front", number: true, cell: front => count(front.points.length) },
        ...objectives.map(objective => ({ name: titleOf(objective.key), number: true, cell: front => metricText(objective.key, best(front, objective)) })),
      ],
    }), { flush: true }));
}

function best(front, objective) {
  const values = front.points.map(point => point.metrics[objective.key]).filter(Number.isFinite);
  return values.length ? Math[objective.goal === "maximize" ? "max" : "min"](...values) : null;
}
