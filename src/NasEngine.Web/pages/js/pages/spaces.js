// Search spaces: those that ship, and those that were saved.

import { h, list } from "../dom/h.js";
import { writeJson } from "../format/json.js";
import { titleOf } from "../format/metrics.js";
import { count, spaceSize } from "../format/numbers.js";
import { tell } from "../ui/dialog.js";
import { empty, pageHead } from "../ui/panel.js";
import { table } from "../ui/table.js";

export async function open(page) {
  page.title("Spaces");
  const { items } = await page.get("/spaces");
  page.show(list(
    pageHead("Spaces", { actions: h("a", { class: "button primary", href: "/new" }, "New search") }),
    h("section", { class: "panel flush", "aria-label": "Spaces" }, items.length ? table({
      caption: "Search spaces", rows: items, key: space => space.file ?? space.name,
      columns: [
        { name: "Space", lead: true, cell: space => h("span", null, h("button", { type: "button", class: "row-button", onclick: () => showText(page, space) }, h("b", null, space.name)), h("span", { class: "note" }, space.file)) },
        { name: "Family", tight: true, cell: space => space.family },
        { name: "Networks", number: true, cell: space => spaceSize(space.size) },
        { name: "Genes", number: true, cell: space => count(Array.isArray(space.genes) ? space.genes.length : space.genes) },
        { name: "Objectives", wrap: true, cell: space => (space.objectives ?? []).map(objective => titleOf(objective.key ?? objective.metric ?? objective)).join(", ") || "–" },
        { name: "From", cell: space => (space.shipped ? "shipped" : "saved") },
        { name: "Actions", cell: space => h("div", { class: "actions" },
          h("a", { class: "button", href: `/runs?space=${encodeURIComponent(space.name)}` }, "Runs"),
          space.family === "table" ? h("span", { class: "note" }, "searched by the table commands") : h("a", { class: "button", href: `/new?space=${encodeURIComponent(space.name)}` }, "Search in it")) },
      ],
    }) : empty("There is no space."))));
}

async function showText(page, space) {
  const answer = await page.act(() => page.get(`/spaces/${encodeURIComponent(space.name)}`));
  if (answer) tell(space.name, h("pre", { class: "payload", tabindex: "0", "aria-label": "The space as JSON" }, typeof answer.json === "string" ? answer.json : writeJson(answer.json)));
}
