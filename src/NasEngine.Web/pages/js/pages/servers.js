// Workers: what each can do and what it does.

import { h, list } from "../dom/h.js";
import { plural } from "../format/numbers.js";
import { ago } from "../format/times.js";
import { badge } from "../ui/badge.js";
import { copyable } from "../ui/copy.js";
import { empty, pageHead, panel } from "../ui/panel.js";
import { table } from "../ui/table.js";

export async function open(page) {
  page.title("Servers");
  const load = async () => {
    const { items } = await page.get("/workers");
    page.show(list(
      pageHead("Servers", { note: "Processes that take jobs. Each says which queues it serves, which devices it has, and what it can compute on." }),
      h("div", { class: "stack" },
        panel("Workers", items.length ? workerTable(items) : empty("No worker is running: jobs wait until one starts."), { flush: true }),
        panel("Start another worker", [
          h("p", { class: "note" }, "Any number of workers on any machines can share a PostgreSQL store. One that is killed is noticed, and its jobs go on elsewhere."),
          copyable("nas worker --store postgres://USER:PASSWORD@HOST:5432/nas"),
        ]))));
  };

  await load();
  const reload = page.coalesce(load, 2000);
  page.follow({ topic: "jobs" }, type => ["job", "worker", "catch-up"].includes(type) && reload());
  page.every(10_000, reload);
}

/** Workers in rows. */
export function workerTable(workers) {
  return table({
    caption: "Workers", rows: workers, key: worker => worker.id,
    columns: [
      { name: "Worker", lead: true, cell: worker => h("span", null, worker.name ?? worker.host, h("span", { class: "note" }, `${worker.host}, process ${worker.pid}`)) },
      { name: "State", cell: worker => stateOf(worker) },
      { name: "Jobs", wrap: true, cell: worker => h("span", null, worker.processing.map(job => h("a", { class: "block", href: `/jobs/${encodeURIComponent(job.id)}` }, job.title))) },
      { name: "Queues", wrap: true, cell: worker => (worker.queues ?? []).join(", ") },
      { name: "Devices", wrap: true, cell: worker => (worker.devices ?? []).join(", ") },
      { name: "Computes on", cell: worker => `${threads(worker.capabilities.cpuThreads)}${worker.capabilities.cuda ? ", CUDA" : ""}` },
      { name: "Since", tight: true, cell: worker => ago(worker.startedAt) },
      { name: "Last seen", tight: true, cell: worker => ago(worker.lastSeen) },
    ],
  });
}

function stateOf(worker) {
  if (worker.alive === false) return badge("offline", "silent");
  return worker.processing.length > 0 ? badge("processing", "working") : badge("online", "idle");
}

function threads(number) {
  return number ? plural(number, "thread") : "–";
}
