// The agent in a page: what a browser can tell about its device, and the worker that measures.

import { Caller } from './caller.mjs';
import { RemoteAgent } from './remote.mjs';

export { RefusedError } from './service.mjs';

const storageKey = 'nas-device';

/** Whether several threads and fine clocks can be had: the service sends the headers for it, and browsers want https or the machine itself. */
export const isIsolated = () => globalThis.crossOriginIsolated === true;

/** The graphics adapter that a page may use, or null. */
export async function findGpu() {
  try {
    return (await navigator.gpu?.requestAdapter()) ?? null;
  } catch {
    return null; // a browser that has the interface, and no adapter behind it
  }
}

/** A random text that a page keeps, so that a reload is known to be the same device. */
function instanceOf() {
  try {
    const kept = localStorage.getItem(storageKey);
    if (kept !== null) {
      return kept;
    }
  } catch {
    return randomText(); // a page without storage is another device each time
  }
  const fresh = randomText();
  localStorage.setItem(storageKey, fresh);
  return fresh;
}

function randomText() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('');
}

const browsers = [[/Firefox\/([\d.]+)/, 'Firefox'], [/Edg\/([\d.]+)/, 'Edge'], [/OPR\/([\d.]+)/, 'Opera'], [/Chrome\/([\d.]+)/, 'Chrome'], [/Version\/([\d.]+).*Safari/, 'Safari']];
const systems = [[/Android ([\d.]+)/, 'android'], [/(?:iPhone|iPad).*OS ([\d_]+)/, 'ios'], [/Windows NT ([\d.]+)/, 'windows'], [/Mac OS X ([\d_.]+)/, 'macos'], [/CrOS \S+ ([\d.]+)/, 'chromeos'], [/Linux/, 'linux']];

function match(table, agent) {
  for (const [pattern, name] of table) {
    const found = pattern.exec(agent);
    if (found !== null) {
      return { name, version: (found[1] ?? '').replaceAll('_', '.') };
    }
  }
  return { name: 'unknown', version: '' };
}

/** What latencies depend on, as far as a browser says it. */
export async function describeDevice(gpu) {
  const agent = navigator.userAgent;
  const browser = match(browsers, agent);
  const system = match(systems, agent);
  let details = {};
  try {
    details = (await navigator.userAgentData?.getHighEntropyValues(['architecture', 'bitness', 'model', 'platformVersion'])) ?? {};
  } catch {
    details = {}; // a browser that keeps it to itself
  }
  const architecture = [details.architecture, details.bitness].filter(Boolean).join(' ');
  const adapter = gpu === null ? '' : [gpu.info?.vendor, gpu.info?.architecture, gpu.info?.description].filter(Boolean).join(' ');
  return {
    host: `${browser.name} ${browser.version}`.trim(),
    os: [system.name, architecture].filter(Boolean).join(' '),
    osRelease: details.platformVersion || system.version,
    cpu: [details.model, adapter].filter(Boolean).join(', ') || 'unknown',
    cores: navigator.hardwareConcurrency || 1,
    memoryBytes: Math.round((navigator.deviceMemory ?? 0) * 2 ** 30),
  };
}

class MeasuringWorker {
  #setup;
  #worker = null;

  constructor(setup) {
    this.#setup = setup;
  }

  connect() {
    const worker = new Worker(new URL('browser-worker.mjs', import.meta.url), { type: 'module' });
    const caller = new Caller(line => worker.postMessage(line));
    const end = reason => {
      worker.terminate();
      caller.end(reason);
    };
    worker.onmessage = ({ data }) => (data.ended === undefined ? caller.receive(data) : end(data.ended));
    worker.onerror = event => end(`The worker that measures ended: ${event.message || 'its script could not be loaded'}`);
    worker.onmessageerror = () => end('The worker that measures sent something unreadable.');
    worker.postMessage(this.#setup);
    this.#worker = worker;
    return caller;
  }

  disconnect() {
    this.#worker?.terminate();
    this.#worker = null;
  }
}

/**
 * Makes an agent of this page; nothing is started yet.
 * @param options { server, headers, name, engine: 'wasm' | 'webgpu', threads, runtime: folder of onnxruntime-web, gpu: adapter or null, show }
 */
export async function createAgent({ engine, threads, runtime, gpu, ...options }) {
  const facts = await describeDevice(engine === 'webgpu' ? gpu : null);
  const worker = new MeasuringWorker({ engine, threads, runtime: new URL(runtime, location.href).href, facts });
  return new RemoteAgent({
    ...options,
    threads,
    kind: 'browser',
    instance: instanceOf(),
    startedAt: Date.now(),
    connect: async () => worker.connect(),
    disconnect: async () => worker.disconnect(),
  });
}
