// Jobs that come again and again, such as measuring a device every night.

import { mayAct, post, put, remove } from "../app/client.js";
import { go } from "../app/router.js";
import { h, list } from "../dom/h.js";
import { ago } from "../format/times.js";
import { badge } from "../ui/badge.js";
import { ask, confirm } from "../ui/dialog.js";
import { field, select } from "../ui/field.js";
import { empty, pageHead, panel } from "../ui/panel.js";
import { table } from "../ui/table.js";

const schedules = [["0 0 3 * * ?", "Every night at 3:00"], ["0 0 * * * ?", "Every hour"], ["0 0 3 ? * SUN", "Every Sunday at 3:00"]];

export async function open(page) {
  page.title("Recurring jobs");
  const load = async () => {
    const { items } = await page.get("/recurring");
    page.show(list(
      pageHead("Recurring jobs", { actions: mayAct() && h("button", { type: "button", class: "button primary", onclick: () => add(page, load) }, "Watch a device…") }),
      items.length ? h("section", { class: "panel flush", "aria-label": "Recurring jobs" }, recurringTable(page, items, load))
        : h("section", { class: "panel" }, empty("Nothing recurs yet. Watch a device to hear when its latencies drift."))));
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
      { name: "Job", lead: true, wrap: true, cell: item => h("span", null, item.title || item.id, h("span", { class: "note" }, item.kind)) },
      { name: "Schedule", cell: item => h("span", null, schedules.find(([cron]) => cron === item.cron)?.[1] ?? h("code", null, item.cron), h("span", { class: "note" }, item.timeZone)) },
      { name: "Next", tight: true, cell: item => (item.enabled ? ago(item.nextAt) : h("span", { class: "note" }, "switched off")) },
      { name: "Last", cell: item => (item.lastAt ? h("span", null, item.lastState && (item.lastJob ? h("a", { href: `/jobs/${encodeURIComponent(item.lastJob)}` }, badge(item.lastState)) : badge(item.lastState)), h("span", { class: "note" }, ago(item.lastAt))) : "never") },
      mayAct() && { name: "Actions", cell: item => h("div", { class: "actions" },
        h("button", { type: "button", class: "button", onclick: () => trigger(page, path(item)) }, "Run now"),
        h("button", { type: "button", class: "button", onclick: () => edit(page, path(item), item, act) }, "Schedule…"),
        h("button", { type: "button", class: "button", onclick: () => act(() => put(path(item), { ...changeable(item), enabled: !item.enabled }), item.enabled ? "Switched off." : "Switched on.") }, item.enabled ? "Switch off" : "Switch on"),
        h("button", { type: "button", class: "button danger", onclick: () => drop(path(item), item, act) }, "Delete")) },
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

async function edit(page, path, item, act) {
  const answer = await ask(`Schedule of ${item.title || item.id}`, cronField(item.cron), { action: "Change" });
  if (answer) await act(() => put(path, { ...changeable(item), cron: answer.cron.trim() }), "The schedule was changed.");
}

async function drop(path, item, act) {
  if (await confirm(`Delete ${item.title || item.id}?`, "It will not come again. Jobs that it started stay.", { action: "Delete", danger: true })) {
    await act(() => remove(path), "Deleted.");
  }
}

async function add(page, load) {
  const { items: devices } = await page.get("/devices");
  if (devices.length === 0) {
    await page.act(() => Promise.reject(new Error("No device is attached: attach one first.")));
    return;
  }

  const nameOf = form => devices.find(device => device.form === form)?.name ?? form;
  const answer = await ask("Watch a device", h("div", { class: "stack" },
    field("Device", select(devices[0].form, devices.map(device => [device.form, device.name]), undefined, { name: "device" }), "A few of its last networks are measured again, and it is said how far their medians have moved."),
    cronField(schedules[0][0])), { action: "Watch" });
  if (!answer) return;
  await page.act(() => put(`/recurring/${encodeURIComponent(`drift-${nameOf(answer.device)}`)}`, { kind: "device.drift", payload: { device: answer.device }, cron: answer.cron.trim(), enabled: true }), `${nameOf(answer.device)} is watched.`);
  await load();
}

function cronField(cron) {
  return field("When", h("input", { type: "text", name: "cron", value: cron, required: true, list: "schedules", class: "mono" }), h("span", null,
    "Seconds, minutes, hours, day of the month, month, day of the week. ", schedules.map(([value, text], index) => h("span", null, index ? ", " : "", h("code", null, value), ` ${text.toLowerCase()}`)), "."));
}
