// Workers: what each can do, what it does and did; and the queues that they serve.

import { query } from "../app/client.js";
import { workersChart } from "../charts/workers.js";
import { h, list } from "../dom/h.js";
import { plural } from "../format/numbers.js";
import { ago } from "../format/times.js";
import { rememberWorkers } from "../format/workers.js";
import { badge } from "../ui/badge.js";
import { copyable } from "../ui/copy.js";
import { empty, pageHead, panel } from "../ui/panel.js";
import { table } from "../ui/table.js";
import { queueTable } from "./servers/queueTable.js";

const spans = [[15, "15 min"], [60, "1 h"], [360, "6 h"], [1440, "24 h"]];

export async function open(page) {
  page.title("Servers");
  const minutes = spans.some(([value]) => value === Number(page.query.get("minutes"))) ? Number(page.query.get("minutes")) : 60;
  const load = async () => {
    const [{ items }, queues, timeline] = await Promise.all([page.get("/workers"), page.get("/queues"), page.get(`/workers/timeline${query({ minutes })}`)]);
    rememberWorkers(items);
    page.show(list(
      pageHead("Servers", { note: "Processes that take jobs. Each says which queues it serves, which devices it has, and what it can compute on." }),
      h("div", { class: "stack" },
        panel("Workers", items.length ? workerTable(items) : empty("No worker is running: jobs wait until one starts."), { flush: true }),
        panel("Queues", queues.items.length ? queueTable(page, queues.items, load) : empty("There is no queue: no worker is running, and no job waits."), { flush: true }),
        panel("Timeline", timeline.items.length ? workersChart(timeline) : empty("No job was under way in this time."), {
          actions: spans.map(([value, text]) => h("button", { type: "button", class: `button${value === minutes ? "" : " quiet"}`, "aria-pressed": String(value === minutes), onclick: () => page.ask({ minutes: value === 60 ? null : value }) }, text)),
        }),
        panel("Start another worker", [
          h("p", { class: "note" }, "Any number of workers on any machines can share a PostgreSQL store. One that is killed is noticed, and its jobs go on elsewhere."),
          copyable("nas worker --store postgres://USER:PASSWORD@HOST:5432/nas"),
        ]))));
  };

  await load();
  const reload = page.coalesce(load, 2000);
  page.follow({ topic: "jobs" }, type => ["job", "worker", "queue", "catch-up"].includes(type) && reload());
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
