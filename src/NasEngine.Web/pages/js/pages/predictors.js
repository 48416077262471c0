// All predictors that runs have fitted, and how good each is on networks it had not seen.

import { predictorChart } from "../charts/predictor.js";
import { h, list } from "../dom/h.js";
import { titleOf } from "../format/metrics.js";
import { count, percent, significant } from "../format/numbers.js";
import { field, select } from "../ui/field.js";
import { empty, pageHead, panel } from "../ui/panel.js";
import { table } from "../ui/table.js";

const most = 200;

export async function open(page) {
  page.title("Predictors");
  const { items } = await page.get("/predictors");
  const target = page.query.get("target") ?? "";
  const chosen = page.query.get("chosen");
  const targets = [...new Set(items.map(item => item.target))].sort();
  const keyOf = item => `${item.run}/${item.target}`;
  const shown = items.filter(item => !target || item.target === target).slice(0, most);
  const selected = shown.find(item => keyOf(item) === chosen && item.pairs?.length);
  page.show(list(
    pageHead("Predictors", { note: "Judged on networks that were held out when they were fitted." }),
    items.length > 0 && h("div", { class: "filters" }, field("Target", select(target, [["", "All"], ...targets.map(key => [key, titleOf(key)])], value => page.ask({ target: value })))),
    h("div", { class: "stack" },
      selected && panel(`${titleOf(selected.target)} in ${selected.run}`, predictorChart(selected), { actions: h("button", { type: "button", class: "button", onclick: () => page.ask({ chosen: null }) }, "Close") }),
      h("section", { class: "panel flush", "aria-label": "Predictors" }, shown.length ? table({
        caption: "Predictors", rows: shown, key: keyOf, chosen: item => item === selected,
        columns: [
          { name: "Run", lead: true, wrap: true, cell: item => h("a", { href: `/runs/${encodeURIComponent(item.run)}?tab=predictors` }, item.run) },
          { name: "Target", cell: item => (item.pairs?.length ? h("button", { type: "button", class: "row-button", onclick: () => page.ask({ chosen: keyOf(item) }) }, titleOf(item.target)) : titleOf(item.target)) },
          { name: "Kind", cell: item => item.kind },
          { name: "Networks", number: true, cell: item => count(item.architectures) },
          { name: "Held out", number: true, cell: item => count(item.heldOut) },
          { name: "Kendall tau", number: true, cell: item => significant(item.kendallTau) },
          { name: "Spearman", number: true, cell: item => significant(item.spearman) },
          { name: "MAPE", number: true, cell: item => `${significant(item.mapePercent)} %` },
          { name: "Within 10 %", number: true, cell: item => percent(item.within10, 0) },
        ],
      }) : empty("No predictor was fitted yet.")))));
}
