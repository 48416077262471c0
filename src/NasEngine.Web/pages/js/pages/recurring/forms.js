// What a person is asked about a recurring job: what it does, when, and what is particular about its kind.

import { h } from "../../dom/h.js";
import { put } from "../../app/client.js";
import { ask } from "../../ui/dialog.js";
import { field, select } from "../../ui/field.js";

/** Schedules by name; any other can be written. */
export const schedules = [["0 0 3 * * ?", "Every night at 3:00"], ["0 0 * * * ?", "Every hour"], ["0 0 3 ? * SUN", "Every Sunday at 3:00"]];

const seeds = [["counter", "One more each time"], ["date", "The date, one run a day"]];
const mostOffered = 100;

// Ids of runs may be longer than those of recurring jobs; their ends tell them apart.
const mostOfId = 57;

export async function watchDevice(page) {
  const { items: devices } = await page.get("/devices");
  if (devices.length === 0) return refuse(page, "No device is attached: attach one first.");
  const nameOf = form => devices.find(device => device.form === form)?.name ?? form;
  const answer = await ask("Watch a device", h("div", { class: "stack" },
    field("Device", select(devices[0].form, devices.map(device => [device.form, device.name]), undefined, { name: "device" }), "A few of its last networks are measured again, and it is said how far their medians have moved."),
    whenFields(schedules[0][0])), { action: "Watch" });
  return answer && page.act(() => add(`drift-${nameOf(answer.device)}`, answer, { kind: "device.drift", payload: { device: answer.device } }), `${nameOf(answer.device)} is watched.`);
}

export async function repeatSearch(page) {
  const { items: runs } = await page.get(`/runs?sort=createdAt&limit=${mostOffered}`);
  if (runs.length === 0) return refuse(page, "There is no run whose search could be repeated: start one first.");
  const answer = await ask("Repeat a search", h("div", { class: "stack" },
    field("Search", select(runs[0].id, runs.map(run => [run.id, `${run.name} · seed ${run.seed} · ${run.id}`]), undefined, { name: "run" }), "Its experiment is started again, each time as a run of its own, unless the one before is still under way."),
    field("Seed", select(seeds[0][0], seeds, undefined, { name: "seed" })),
    whenFields(schedules[0][0])), { action: "Repeat" });
  if (!answer) return undefined;
  const { name } = runs.find(run => run.id === answer.run);
  return page.act(() => add(`repeat-${answer.run.slice(-mostOfId)}`, answer, { kind: "run", title: `Repeat ${name}`, payload: { run: answer.run, seed: answer.seed } }), `${name} is repeated.`);
}

/** Asks what is to change; gives the recurring job as it is to be, or null. */
export async function changed(item) {
  const isUpkeep = item.kind === "upkeep";
  const answer = await ask(`Schedule of ${item.title || item.id}`, h("div", { class: "stack" },
    whenFields(item.cron, item.timeZone),
    isUpkeep && field("Finished jobs are kept for, in days", h("input", { type: "number", name: "days", min: 0, max: 3650, required: true, value: item.payload?.retentionDays ?? 30 }), "0 keeps them for ever.")), { action: "Change" });
  return answer && { ...item, cron: answer.cron.trim(), timeZone: answer.timeZone, payload: isUpkeep ? { retentionDays: Number(answer.days) } : item.payload };
}

/** What is particular about a recurring job, in words. */
export function described(item) {
  const { payload } = item;
  if (item.kind === "upkeep") return `removes files that nothing refers to; finished jobs are kept ${payload?.retentionDays ? `${payload.retentionDays} days` : "for ever"}`;
  if (item.kind === "run" && payload?.run) return h("a", { href: `/runs/${encodeURIComponent(payload.run)}` }, payload.run);
  return item.kind;
}

function whenFields(cron, timeZone = "UTC") {
  const zones = [...new Set([timeZone, "UTC", Intl.DateTimeFormat().resolvedOptions().timeZone])];
  return [
    field("When", h("input", { type: "text", name: "cron", value: cron, required: true, class: "mono" }), h("span", null,
      "Seconds, minutes, hours, day of the month, month, day of the week. ", schedules.map(([value, text], index) => h("span", null, index ? ", " : "", h("code", null, value), ` ${text[0].toLowerCase()}${text.slice(1)}`)), ".")),
    field("Time zone", select(timeZone, zones, undefined, { name: "timeZone" })),
  ];
}

function add(id, { cron, timeZone }, chosen) {
  return put(`/recurring/${encodeURIComponent(id)}`, { cron: cron.trim(), timeZone, enabled: true, ...chosen });
}

function refuse(page, text) {
  return page.act(() => Promise.reject(new Error(text)));
}
