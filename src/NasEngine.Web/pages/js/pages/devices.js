// Who is attached, how steady it is, and how another one comes in.

import { mayAct, post } from "../app/client.js";
import { load as loadLibrary } from "../charts/library.js";
import { h, list, svg } from "../dom/h.js";
import { metricText } from "../format/metrics.js";
import { count, isNumber } from "../format/numbers.js";
import { ago } from "../format/times.js";
import { badge } from "../ui/badge.js";
import { copyable } from "../ui/copy.js";
import { tell } from "../ui/dialog.js";
import { empty, facts, pageHead } from "../ui/panel.js";

const muchNoise = 3;
const muchDrift = 5;
const quiet = 4; // modules that must stay white around a code

export async function open(page) {
  page.title("Devices");
  const load = async () => {
    const { items } = await page.get("/devices");
    page.show(list(
      pageHead("Devices", { note: "What measures networks: this machine, other machines with Node, and anything with a browser.", actions: mayAct() && h("button", { type: "button", class: "button primary", onclick: () => attach(page) }, "Attach a device") }),
      items.length ? h("div", { class: "tiles" }, items.map(device => card(page, device, load))) : h("section", { class: "panel" }, empty("No device is attached yet. Attach a machine or a phone to measure on it."))));
  };

  await load();
  const reload = page.coalesce(load, 1500);
  page.follow({ topic: "devices" }, reload);
  page.every(10_000, reload);
}

function card(page, device, load) {
  return h("section", { class: "panel", key: device.name, "aria-label": device.name },
    h("div", { class: "panel-head" }, h("h2", null, h("a", { href: `/devices/${encodeURIComponent(device.name)}` }, device.name)), badge(device.state)),
    deviceFacts(device),
    device.lastMeasurements?.length > 0 && lastMeasured(device.lastMeasurements.slice(0, 3)),
    mayAct() && h("div", { class: "actions after" }, remeasureButton(page, device, load)));
}

/** The facts of a device. */
export function deviceFacts(device) {
  return facts([
    ["Kind", device.kind === device.form ? device.kind : `${device.kind}, ${device.form}`],
    ["Fingerprint", h("span", null, device.fingerprint?.text ?? "–", device.fingerprint?.id && h("span", { class: "note" }, " ", h("code", null, device.fingerprint.id)))],
    ["Noise", share(device.noisePercent, muchNoise, "a noisy device gives wide intervals")],
    ["Drift", share(device.driftPercent, muchDrift, "latencies have moved")],
    ["Waiting", device.queueLength ? `${count(device.queueLength)} networks` : "nothing"],
    ["Attached", ago(device.attachedAt)],
    ["Last seen", ago(device.lastSeen)],
  ]);
}

function share(percent, most, warning) {
  if (!isNumber(percent)) return "not known yet";
  return h("span", { class: percent > most ? "warning" : null }, `${percent.toFixed(1)} %`, percent > most && `: ${warning}`);
}

/** The last measured networks of a device. */
export function lastMeasured(measurements) {
  return h("table", { class: "metric-pairs" },
    h("caption", { class: "hidden-text" }, "Last measurements"),
    h("thead", null, h("tr", null, h("th", { scope: "col" }, "Last measured"), h("th", { scope: "col" }, "Median"), h("th", { scope: "col" }, "When"))),
    h("tbody", null, measurements.map(item => h("tr", null,
      h("th", { scope: "row", class: "genotype" }, item.key),
      h("td", null, metricText("latency", item.medianMs), isNumber(item.lowMs) && h("span", { class: "note block" }, `${metricText("latency", item.lowMs)} to ${metricText("latency", item.highMs)}`)),
      h("td", null, ago(item.at))))));
}

/** The button that measures a device's last networks again. */
export function remeasureButton(page, device, load) {
  return h("button", { type: "button", class: "button", disabled: device.state === "offline" || !device.lastMeasurements?.length, onclick: async () => {
    await page.act(() => post(`/devices/${encodeURIComponent(device.name)}/remeasure`), answer => `Job ${answer?.jobId?.slice(0, 8) ?? ""} measures ${device.name} again.`);
    await load();
  } }, "Measure again");
}

async function attach(page) {
  const answer = await page.act(() => post("/devices/token", {}));
  if (!answer) return;
  const picture = await drawCode(answer.url).catch(() => null);
  tell("Attach a device", h("div", { class: "stack" },
    h("div", { class: "attach" },
      h("div", { class: "stack" },
        h("h3", null, "A phone, a tablet, any browser"),
        h("p", null, "Scan the code, or open the address on the device. The page measures while it is open."),
        copyable(answer.url)),
      picture),
    h("h3", null, "A machine with Node"),
    h("p", null, "Run this in an empty folder. It installs the device agent and attaches the machine under its name; add ", h("code", null, "--name NAME"), " for another."),
    copyable(answer.command),
    answer.token && h("p", { class: "note" }, "The token in both lets a device measure and nothing else. It is shown once."),
    isLoopback(answer.url) && h("p", { class: "warning" }, "This address reaches the service from this machine alone. To attach others, start it with ", h("code", null, "--host 0.0.0.0"), " and open the page by the machine's own address.")));
}

const isLoopback = url => ["localhost", "127.0.0.1", "[::1]"].includes(new URL(url).hostname);

async function drawCode(text) {
  const qrcode = await loadLibrary("/lib/qrcode.js", "qrcode");
  const code = qrcode(0, "M");
  code.addData(text);
  code.make();
  const size = code.getModuleCount();
  let path = "";
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      if (code.isDark(row, column)) path += `M${column} ${row}h1v1h-1z`;
    }
  }

  return svg("svg", { class: "qr", viewBox: `${-quiet} ${-quiet} ${size + 2 * quiet} ${size + 2 * quiet}`, role: "img", "aria-label": "QR code of the address", "shape-rendering": "crispEdges" }, svg("path", { d: path, fill: "#000" }));
}
