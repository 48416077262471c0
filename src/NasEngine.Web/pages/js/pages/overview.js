// What is going on: counts, the last day, the runs at work, the workers.

import { historyChart } from "../charts/history.js";
import { h, list } from "../dom/h.js";
import { jobStates, stateTitle } from "../format/states.js";
import { count } from "../format/numbers.js";
import { badge } from "../ui/badge.js";
import { empty, pageHead, panel, stats } from "../ui/panel.js";
import { jobTable } from "./jobs/jobTable.js";
import { runCard } from "./runs/runCard.js";
import { workerTable } from "./servers.js";
import { query } from "../app/client.js";

const spans = [[24, "24 hours"], [168, "7 days"]];

export async function open(page) {
  page.title("Overview");
  const hours = Number(page.query.get("hours")) || 24;
  const load = async () => {
    const [status, history, running, recent, processing] = await Promise.all([
      page.get("/status"),
      page.get(`/jobs/history${query({ hours })}`),
      page.get("/runs?state=running&limit=6"),
      page.get("/runs?sort=createdAt&limit=6"),
      page.get("/jobs?state=processing&limit=8"),
    ]);
    dispatchEvent(new CustomEvent("nas:counts", { detail: status }));
    page.show(draw(page, { status, history: history.buckets, hours, running: running.items, recent: recent.items, processing: processing.items }));
  };

  await load();
  const reload = page.coalesce(load, 1500);
  page.follow({ topic: "jobs,runs,devices" }, type => type !== "console" && reload());
  page.every(15_000, reload);
}

function draw(page, { status, history, hours, running, recent, processing }) {
  const others = recent.filter(run => !running.some(one => one.id === run.id));
  return list(
    pageHead("Overview", { actions: h("a", { class: "button primary", href: "/new" }, "New search") }),
    h("div", { class: "stack" },
      stats([
        ...jobStates.slice(0, 5).map(state => ({ name: stateTitle(state), value: count(status.jobs[state]), href: `/jobs?state=${state}`, bad: state === "failed" && status.jobs.failed > 0 })),
        { name: "Runs at work", value: count(status.runs.running), href: "/runs?state=running" },
        { name: "Devices online", value: `${count(status.devices.online)} of ${count(status.devices.total)}`, href: "/devices" },
        { name: "Workers", value: count(status.workers.length), href: "/servers" },
      ]),
      h("div", { class: "columns" },
        panel("Finished jobs", history.length ? historyChart(history, hours) : empty("No job has finished yet."), {
          size: "two-thirds",
          actions: spans.map(([value, text]) => h("button", { type: "button", class: `button${value === hours ? "" : " quiet"}`, "aria-pressed": String(value === hours), onclick: () => page.ask({ hours: value === 24 ? null : value }) }, text)),
        }),
        panel(running.length ? "Runs at work" : "Latest runs", (running.length ? running : others).length
          ? h("div", { class: "stack" }, (running.length ? running : others.slice(0, 4)).map(runCard))
          : empty("There is no run yet. ", h("a", { href: "/new" }, "Start the first search"), "."), { size: "third", actions: h("a", { href: "/runs" }, "All runs") })),
      panel("Processing now", processing.length ? jobTable(processing, { narrow: true }) : empty("No job is being processed."), { flush: true, actions: h("a", { href: "/jobs?state=processing" }, "All jobs") }),
      running.length > 0 && others.length > 0 && panel("Latest runs", h("div", { class: "tiles" }, others.slice(0, 6).map(runCard))),
      panel("Workers", status.workers.length ? workerTable(status.workers) : empty("No worker is running: jobs wait until one starts."), { flush: true, actions: badge(status.workers.length ? "online" : "offline") })));
}
