// One device.

import { mayAct, remove } from "../app/client.js";
import { go } from "../app/router.js";
import { h, list } from "../dom/h.js";
import { badge } from "../ui/badge.js";
import { confirm } from "../ui/dialog.js";
import { empty, pageHead, panel } from "../ui/panel.js";
import { deviceFacts, lastMeasured, remeasureButton } from "./devices.js";

export async function open(page) {
  const path = `/devices/${encodeURIComponent(page.params.name)}`;
  page.title(page.params.name);
  const load = async () => {
    const device = await page.get(path);
    page.show(list(
      pageHead(device.name, {
        badge: badge(device.state),
        actions: mayAct() && [
          h("a", { class: "button", href: `/jobs?state=enqueued&queue=${encodeURIComponent(`device:${device.form}`)}` }, "Its jobs"),
          remeasureButton(page, device, load),
          device.kind !== "local" && h("button", { type: "button", class: "button danger", onclick: () => detach(page, path, device) }, "Detach"),
        ],
      }),
      h("div", { class: "columns" },
        panel("Facts", deviceFacts(device), { size: "half" }),
        panel("Last measurements", device.lastMeasurements?.length ? lastMeasured(device.lastMeasurements) : empty("Nothing was measured on it yet."), { size: "half" }))));
  };

  await load();
  const reload = page.coalesce(load, 1500);
  page.follow({ topic: "devices" }, reload);
}

async function detach(page, path, device) {
  if (!await confirm(`Detach ${device.name}?`, "Work that waits for it goes back. What it measured is kept, and it can be attached again.", { action: "Detach", danger: true })) return;
  const isGone = await page.act(async () => {
    await remove(path);
    return true;
  }, `${device.name} was detached.`);
  if (isGone) go("/devices");
}
