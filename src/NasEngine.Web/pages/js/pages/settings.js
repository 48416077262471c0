// How the service is set up. All but the retention is decided where it is started.

import { mayAct, patch } from "../app/client.js";
import { h, list } from "../dom/h.js";
import { ago } from "../format/times.js";
import { field } from "../ui/field.js";
import { empty, facts, pageHead, panel } from "../ui/panel.js";
import { table } from "../ui/table.js";

export async function open(page) {
  page.title("Settings");
  const load = async () => {
    const settings = await page.get("/settings");
    const tokens = settings.tokens ?? [];
    page.show(list(
      pageHead("Settings"),
      h("div", { class: "columns" },
        panel("Service", facts([
          ["Version", settings.version],
          ["Store", settings.store],
          ["Where", settings.storeLocation],
          ["Data folder", settings.dataFolder],
          ["Results", settings.resultsFolder],
          ["API", h("a", { href: "/api/v1/openapi.json" }, "OpenAPI document")],
          ["Health", h("a", { href: "/health", target: "_blank", rel: "noopener" }, "/health")],
        ]), { size: "half" }),
        panel("Limits", facts(Object.entries(settings.limits ?? {}).map(([name, value]) => [words(name), typeof value === "number" ? value.toLocaleString("en") : String(value)])), { size: "half" }),
        panel("Finished jobs", h("form", { class: "filters", onsubmit: event => { event.preventDefault(); change(page, event.target, load); } },
          field("Kept for, in days (0: for ever)", h("input", { type: "number", name: "days", min: 0, max: 3650, required: true, value: settings.retentionDays ?? settings.retention?.days ?? 30, disabled: !mayAct() })),
          mayAct() && h("button", { type: "submit", class: "button" }, "Change")), { size: "half", note: h("span", null, "Removed by the ", h("a", { href: "/recurring" }, "recurring job"), " Upkeep, the same for all services of this store. Runs are never removed by themselves.") }),
        panel("Tokens", tokens.length ? table({
          caption: "Tokens", rows: tokens, key: token => token.id ?? token.name,
          columns: [{ name: "Token", lead: true, cell: token => h("span", null, token.note || token.name || token.id, h("span", { class: "note" }, token.id)) }, { name: "Role", cell: token => token.role }, { name: "Made", cell: token => ago(token.createdAt) }, { name: "Last used", cell: token => ago(token.lastUsedAt) }],
        }) : empty("There is no token: the service is open to this machine alone."), { size: "half", flush: tokens.length > 0 }))));
  };

  await load();
}

async function change(page, form, load) {
  await page.act(() => patch("/settings", { retentionDays: Number(new FormData(form).get("days")) }), "Changed.");
  await load();
}

// "bodyBytes" reads "Body bytes".
function words(name) {
  const text = name.replace(/([A-Z])/g, letter => ` ${letter.toLowerCase()}`);
  return text.charAt(0).toUpperCase() + text.slice(1);
}
