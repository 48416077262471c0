// The agent in a worker of a page: messages instead of pipes, onnxruntime-web instead of onnxruntime-node.
//
// The first message is { engine: 'wasm' | 'webgpu', threads, runtime: address of the folder with onnxruntime-web, facts }, every other one a line of the protocol.

import { Agent, RequestError } from './agent.mjs';
import { sha256 } from './digest.mjs';

const files = { wasm: 'ort.wasm.min.mjs', webgpu: 'ort.webgpu.min.mjs' };

/** onnxruntime-web as the agent wants it. */
class WebEngine {
  #ort;
  #setup;

  constructor(ort, setup) {
    this.#ort = ort;
    this.#setup = setup;
  }

  describe() {
    const { engine, facts } = this.#setup;
    return {
      ...facts, runtime: `onnxruntime-web ${engine}`, runtimeVersion: this.#ort.env.versions.web ?? this.#ort.env.versions.common, call: 'asynchronous', processId: 0,
    };
  }

  async createSession(bytes, threads) {
    if (threads !== this.#setup.threads) {
      throw new Error(`it runs networks on ${this.#setup.threads} threads, ${threads} were asked for`);
    }
    const session = await this.#ort.InferenceSession.create(bytes, {
      executionProviders: [this.#setup.engine], executionMode: 'sequential', graphOptimizationLevel: 'all', logSeverityLevel: 3,
    });
    return {
      inputs: session.inputNames.map((name, i) => ({ name, type: session.inputMetadata?.[i]?.type ?? 'float32' })),
      outputNames: [...session.outputNames],
      isSynchronous: false,
      run: feeds => session.run(feeds),
      dispose: () => session.release(),
    };
  }

  tensor(type, data, shape) {
    return new this.#ort.Tensor(type, data, shape);
  }

  sha256(bytes) {
    return sha256(bytes);
  }

  async readFile() {
    throw new RequestError('request', 'A page has no files: send the data itself.');
  }
}

// A message to oneself comes back after whatever else is waiting; a timer would come back no earlier than 4 ms later.
const turns = new MessageChannel();
const waiting = [];
turns.port1.onmessage = () => waiting.shift()();

const clock = {
  name: 'performance.now',
  resolutionNs: self.crossOriginIsolated ? 5e3 : 1e5, // browsers make it coarser for pages that are not isolated
  now: () => performance.now() * 1e6,
  pause: () => new Promise(resolve => {
    waiting.push(resolve);
    turns.port2.postMessage(0);
  }),
};

async function start(setup) {
  const ort = await import(new URL(files[setup.engine], setup.runtime).href);
  ort.env.wasm.wasmPaths = setup.runtime;
  ort.env.wasm.numThreads = setup.threads;
  ort.env.logLevel = 'error';
  return new Agent(new WebEngine(ort, setup), clock, message => self.postMessage(message));
}

let agent = null;
self.onmessage = async ({ data }) => {
  if (agent === null) {
    agent = start(data); // lines that come meanwhile wait for it
    try {
      await agent;
    } catch (problem) {
      self.postMessage({ ended: `onnxruntime-web can't be started: ${problem.message}` });
    }
    return;
  }
  (await agent).receive(data);
};
