// Jobs that come again and again: upkeep, measuring a device every night, a search every Sunday.

import { mayAct, post, put, remove } from "../app/client.js";
import { go } from "../app/router.js";
import { h, list } from "../dom/h.js";
import { ago } from "../format/times.js";
import { badge } from "../ui/badge.js";
import { confirm } from "../ui/dialog.js";
import { empty, pageHead } from "../ui/panel.js";
import { table } from "../ui/table.js";
import { changed, described, repeatSearch, schedules, watchDevice } from "./recurring/forms.js";

export async function open(page) {
  page.title("Recurring jobs");
  const load = async () => {
    const { items } = await page.get("/recurring");
    page.show(list(
      pageHead("Recurring jobs", { actions: mayAct() && [
        h("button", { type: "button", class: "button", onclick: () => watchDevice(page).then(load) }, "Watch a device…"),
        h("button", { type: "button", class: "button primary", onclick: () => repeatSearch(page).then(load) }, "Repeat a search…"),
      ] }),
      items.length ? h("section", { class: "panel flush", "aria-label": "Recurring jobs" }, recurringTable(page, items, load))
        : h("section", { class: "panel" }, empty("Nothing recurs yet. Watch a device to hear when its latencies drift, or repeat a search."))));
  };

  await load();
  const reload = page.coalesce(load, 2000);
  page.follow({ topic: "jobs" }, type => type === "job" && reload());
  page.every(30_000, reload);
}

function recurringTable(page, items, load) {
  const path = item => `/recurring/${encodeURIComponent(item.id)}`;
  const act = (work, done) => page.act(work, done).then(load);
  return table({
    caption: "Recurring jobs", rows: items, key: item => item.id,
    columns: [
      { name: "Job", lead: true, wrap: true, cell: item => h("span", null, item.title || item.id, h("span", { class: "note" }, described(item))) },
      { name: "Schedule", cell: item => h("span", null, schedules.find(([cron]) => cron === item.cron)?.[1] ?? h("code", null, item.cron), h("span", { class: "note" }, item.timeZone)) },
      { name: "Next", tight: true, cell: item => (item.enabled ? ago(item.nextAt) : h("span", { class: "note" }, "switched off")) },
      { name: "Last", cell: item => (item.lastAt ? h("span", null, item.lastState && (item.lastJob ? h("a", { href: `/jobs/${encodeURIComponent(item.lastJob)}` }, badge(item.lastState)) : badge(item.lastState)), h("span", { class: "note" }, ago(item.lastAt))) : "never") },
      mayAct() && { name: "Actions", cell: item => h("div", { class: "actions" },
        h("button", { type: "button", class: "button", onclick: () => trigger(page, path(item)) }, "Run now"),
        h("button", { type: "button", class: "button", onclick: () => edit(path(item), item, act) }, "Schedule…"),
        h("button", { type: "button", class: "button", onclick: () => act(() => put(path(item), { ...changeable(item), enabled: !item.enabled }), item.enabled ? "Switched off." : "Switched on.") }, item.enabled ? "Switch off" : "Switch on"),
        item.kind !== "upkeep" && h("button", { type: "button", class: "button danger", onclick: () => drop(path(item), item, act) }, "Delete")) },
    ].filter(Boolean),
  });
}

function changeable({ kind, payload, cron, enabled, title, timeZone }) {
  return { kind, payload: payload ?? {}, cron, enabled, title, timeZone };
}

async function trigger(page, path) {
  const answer = await page.act(() => post(`${path}/trigger`), "The job is in the queue.");
  if (answer?.jobId) go(`/jobs/${encodeURIComponent(answer.jobId)}`);
}

async function edit(path, item, act) {
  const answer = await changed(item);
  if (answer) await act(() => put(path, changeable(answer)), "Changed.");
}

async function drop(path, item, act) {
  if (await confirm(`Delete ${item.title || item.id}?`, "It will not come again. Jobs that it started stay.", { action: "Delete", danger: true })) {
    await act(() => remove(path), "Deleted.");
  }
}
