// The page /device: asks for a name, starts the agent, shows what it does. Everything that measures is in /agent/.

import { RefusedError, createAgent, describeDevice, findGpu, isIsolated } from "/agent/browser.mjs";

const shownNetworks = 8;
const element = id => document.getElementById(id);
const milliseconds = ns => `${(ns / 1e6).toPrecision(4)} ms`;

let agent = null;
let wakeLock = null;
let firstCanary = 0;
let measured = 0;

/** The token stands behind the #, which browsers do not send; it goes away from the address bar at once. */
function takeToken() {
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (token !== null) {
    history.replaceState(null, "", location.pathname + location.search);
  }
  return token;
}

function remembered(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // a browser that keeps nothing
  }
}

function remember(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    return; // the same
  }
}

/** Who is asking: with a token of its own, or as the person who is signed in here. */
async function headersFor(token) {
  if (token) {
    return { authorization: `Bearer ${token}` };
  }
  const response = await fetch("/api/v1/session");
  const session = response.ok ? await response.json() : {};
  return session.csrf ? { "X-Nas-Csrf": session.csrf } : {};
}

async function needsToken() {
  const response = await fetch("/api/v1/session");
  const session = response.ok ? await response.json() : { authRequired: true };
  return session.authRequired === true && session.role !== "actor";
}

function suggestName(facts) {
  const parts = [facts.os.split(" ")[0], facts.host.split(" ")[0], Math.floor(1000 + Math.random() * 9000)];
  return parts.join("-").toLowerCase().replace(/[^a-z0-9._-]/g, "");
}

function offerThreads() {
  const most = isIsolated() ? navigator.hardwareConcurrency || 1 : 1;
  element("threads").replaceChildren(...Array.from({ length: Math.min(most, 16) }, (_, i) => new Option(String(i + 1), String(i + 1))));
  if (!isIsolated()) {
    element("limits").hidden = false;
    element("limits").textContent = "This page runs with one thread and a coarse clock, since browsers allow more only over https or on the machine of the service itself. Short networks are timed less exactly.";
  }
}

/** Offers the graphics processor where pages can have one; an address that asks for it in vain is told so. */
function offerEngines(gpu, asked) {
  const hint = element("engine-hint");
  if (gpu !== null) {
    element("engine").append(new Option("WebGPU, on the graphics processor", "webgpu"));
    element("engine").value = asked === "webgpu" ? "webgpu" : "wasm";
    hint.textContent = `The graphics processor${gpuName(gpu)} is a device of its own: give it another name.`;
    return;
  }
  hint.textContent = `${asked === "webgpu" ? "WebGPU was asked for, but this" : "This"} browser has no graphics processor for pages: networks run on the processor.`;
  hint.classList.toggle("warning", asked === "webgpu");
}

function gpuName(gpu) {
  const words = [gpu.info?.vendor, gpu.info?.architecture, gpu.info?.isFallbackAdapter && "made of software"].filter(Boolean);
  return words.length ? ` (${words.join(" ")})` : "";
}

function engineText(engine, threads, gpu) {
  const hint = element("engine-hint");
  const text = engine === "webgpu" ? `WebGPU, on the graphics processor${gpuName(gpu)}.` : `WebAssembly, on the processor, ${threads} thread${threads === 1 ? "" : "s"}.`;
  return hint.classList.contains("warning") ? `${text} ${hint.textContent}` : text;
}

function fillFacts(facts, runtime) {
  const rows = [["Engine", runtime], ["Browser", facts.host], ["System", `${facts.os} ${facts.osRelease}`.trim()], ["Processor", facts.cpu], ["Cores", facts.cores], ["Clock", isIsolated() ? "5 µs" : "0.1 ms"]];
  element("facts").replaceChildren(...rows.flatMap(([name, value]) => {
    const term = document.createElement("dt");
    term.textContent = name;
    const detail = document.createElement("dd");
    detail.textContent = String(value);
    return [term, detail];
  }));
}

async function keepAwake() {
  if (agent === null || document.visibilityState !== "visible") {
    return;
  }
  try {
    wakeLock = (await navigator.wakeLock?.request("screen")) ?? null;
  } catch {
    wakeLock = null; // refused, for example at low battery
  }
  element("awake").textContent = wakeLock === null ? "may turn off" : "stays on";
  element("awake-note").textContent = wakeLock === null ? "a device that sleeps measures nothing" : "while this page is in front";
}

function showNetwork({ key, medianNs, lowNs, highNs }) {
  const row = document.createElement("tr");
  row.title = key;
  const network = key.replace(/^[0-9a-f]{16} /, ""); // without the digest of the space
  for (const [text, kind] of [[network, ""], [milliseconds(medianNs), "number"], [`${milliseconds(lowNs)} – ${milliseconds(highNs)}`, "number"]]) {
    const cell = document.createElement("td");
    cell.textContent = text;
    cell.className = kind;
    row.append(cell);
  }
  const rows = [row, ...element("last").querySelectorAll("tr")].filter(known => known.cells.length === 3).slice(0, shownNetworks);
  element("last").replaceChildren(...rows);
}

function showCanary(ns) {
  firstCanary ||= ns;
  const percent = (ns / firstCanary - 1) * 100;
  element("canary").textContent = milliseconds(ns);
  element("drift").textContent = `${percent >= 0 ? "+" : "−"}${Math.abs(percent).toFixed(1)} % against the first batch`;
}

const badges = { waiting: ["online", "good"], working: ["measuring", "busy"], measured: ["measuring", "busy"], away: ["service away", "warn"], lost: ["not attached", "warn"], refused: ["gave work back", "warn"], stopped: ["stopped", ""] };

function textOf(state) {
  switch (state.phase) {
    case "connecting": return "Attaching to the service …";
    case "waiting": return "Waiting for work. This page may stay open; it asks for work by itself.";
    case "working": return state.kind === "run" ? `Running ${state.total} network${state.total === 1 ? "" : "s"} …` : `Loading and warming up ${state.total} networks …`;
    case "measured": return `${state.done} of ${state.total} networks of this batch measured`;
    case "away": return `${state.reason}. Next try in ${Math.ceil(state.seconds)} s; nothing that was measured is lost.`;
    case "back": return "The service is there again.";
    case "lost": return state.reason;
    case "refused": return `Gave work back: ${state.message}`;
    case "stopped": return "Stopped. What was not done goes back to the service.";
    default: return "";
  }
}

function show(state) {
  element("phase").textContent = textOf(state);
  const [text, kind] = badges[state.phase] ?? ["starting", ""];
  element("badge").textContent = text;
  element("badge").className = `badge ${kind}`;
  if (state.phase === "working") {
    element("progress").max = state.total;
    element("progress").value = state.done;
  } else if (state.phase === "measured") {
    measured++;
    element("progress").value = state.done;
    element("count").textContent = String(measured);
    showCanary(state.canaryNs);
    showNetwork(state);
  } else if (state.phase === "waiting") {
    element("progress").value = 0;
  }
}

function showProblem(problem) {
  element("problem").hidden = problem === null;
  element("problem").textContent = problem ?? "";
}

async function start(token, gpu) {
  showProblem(null);
  const name = element("name").value;
  const engine = element("engine").value;
  const threads = Number(element("threads").value);
  remember("nas-device-name", name);
  try {
    fillFacts(await describeDevice(engine === "webgpu" ? gpu : null), `onnxruntime-web, ${engine}`);
    element("runtime").textContent = engineText(engine, threads, gpu);
    agent = await createAgent({ server: location.origin, headers: await headersFor(token), name, engine, threads, runtime: "/lib/ort/", gpu, show });
    element("attached").textContent = name;
    element("setup").hidden = true;
    element("work").hidden = false;
    element("stop").focus();
    await keepAwake();
    await agent.run();
  } catch (problem) {
    showProblem(problem instanceof RefusedError && problem.status === 401 ? "The service does not know this token." : problem.message);
    element("token-field").hidden = !(problem instanceof RefusedError && (problem.status === 401 || problem.status === 403));
  } finally {
    agent = null;
    await wakeLock?.release();
    wakeLock = null;
    element("setup").hidden = false;
    element("stop").hidden = false;
  }
}

async function prepare() {
  const fromLink = takeToken();
  const address = new URLSearchParams(location.search);
  const gpu = await findGpu();
  const facts = await describeDevice(null);
  element("name").value = address.get("name") ?? remembered("nas-device-name") ?? suggestName(facts);
  const showForm = () => {
    element("form").textContent = `agent:${element("name").value || "NAME"}`;
  };
  element("name").addEventListener("input", showForm);
  showForm();
  offerThreads();
  offerEngines(gpu, address.get("engine"));
  element("token-field").hidden = fromLink !== null || !(await needsToken());
  element("setup").addEventListener("submit", event => {
    event.preventDefault();
    if (agent === null) {
      start(element("token").value || fromLink, gpu);
    }
  });
  element("stop").addEventListener("click", () => agent?.stop());
  if (address.has("start")) {
    element("setup").requestSubmit(); // for devices that start by themselves
  }
  document.addEventListener("visibilitychange", keepAwake);
  addEventListener("pagehide", () => agent?.stop());
  element("main").removeAttribute("aria-busy");
}

await prepare();
