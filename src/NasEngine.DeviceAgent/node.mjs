#!/usr/bin/env node
// The agent under Node: newline-delimited JSON on standard input and output, logs on standard error. With options: work for a service.

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Agent, RequestError } from './agent.mjs';
import { workForService } from './node-remote.mjs';

if (process.argv.length > 2) {
  process.exit(await workForService(process.argv.slice(2)));
}

const moduleMissing = 3; // exit code: the host shows how to install

// Standard output belongs to the protocol.
console.log = console.error;

/** The folder that holds the runtime: the one named in the environment, this file's own, or one above, where npm puts it beside an installed agent. */
function findModules() {
  if (process.env.NAS_AGENT_MODULES) {
    return path.resolve(process.env.NAS_AGENT_MODULES);
  }
  const here = path.dirname(fileURLToPath(import.meta.url));
  const own = path.join(here, 'node_modules');
  if (!existsSync(path.join(own, 'onnxruntime-node'))) {
    for (let folder = here; folder !== path.dirname(folder); folder = path.dirname(folder)) {
      if (path.basename(folder) === 'node_modules' && existsSync(path.join(folder, 'onnxruntime-node'))) {
        return folder;
      }
    }
  }
  return own;
}

function loadRuntime() {
  const folder = findModules();
  const require = createRequire(path.join(folder, '..', 'anchor.cjs'));
  try {
    const at = name => require(path.join(folder, name));
    return { ort: at('onnxruntime-node'), binding: loadBinding(at), version: at('onnxruntime-node/package.json').version };
  } catch (problem) {
    console.error(`onnxruntime-node can't be loaded from ${folder}: ${String(problem.message).split('\n')[0]}`);
    console.error(`Install it with: npm ci --ignore-scripts --prefix ${path.dirname(folder)}`);
    process.exit(moduleMissing);
  }
}

/** The module that the public API is a thin wrapper of; without it the public API is used. */
function loadBinding(at) {
  try {
    const { binding, initOrt } = at('onnxruntime-node/dist/binding.js');
    return typeof binding?.InferenceSession?.prototype?.run === 'function' && typeof initOrt === 'function' ? { binding, initOrt } : null;
  } catch (problem) {
    console.error(`onnxruntime-node has no binding of the known form, its public API is used: ${problem.message}`);
    return null;
  }
}

/** ONNX Runtime as the agent wants it. */
class OnnxRuntimeEngine {
  #runtime = loadRuntime();

  describe() {
    const cpus = os.cpus();
    return {
      runtime: 'onnxruntime-node',
      runtimeVersion: this.#runtime.version,
      call: this.#runtime.binding === null ? 'asynchronous' : 'synchronous',
      host: `node ${process.version}`,
      os: `${process.platform} ${process.arch}`,
      osRelease: os.release(),
      cpu: cpus[0]?.model.trim() || 'unknown',
      cores: cpus.length,
      memoryBytes: os.totalmem(),
      processId: process.pid,
    };
  }

  async createSession(bytes, threads) {
    const { ort, binding } = this.#runtime;
    const options = {
      intraOpNumThreads: threads, interOpNumThreads: 1, executionMode: 'sequential', graphOptimizationLevel: 'all', logSeverityLevel: 3,
    };
    const session = await ort.InferenceSession.create(bytes, options);
    const facts = {
      inputs: session.inputNames.map((name, i) => ({ name, type: session.inputMetadata?.[i]?.type ?? 'float32' })),
      outputNames: [...session.outputNames],
    };
    if (binding === null) {
      return { ...facts, isSynchronous: false, run: feeds => session.run(feeds), dispose: () => session.release() };
    }
    // The public run() goes through the event loop once for each call: about 8 µs that no application in C++ or C# would see.
    await session.release();
    binding.initOrt();
    const native = new binding.binding.InferenceSession();
    native.loadModel(bytes.buffer, bytes.byteOffset, bytes.byteLength, options);
    const fetches = Object.fromEntries(facts.outputNames.map(name => [name, null]));
    const runOptions = {};
    return { ...facts, isSynchronous: true, run: feeds => native.run(feeds, fetches, runOptions), dispose: () => native.dispose() };
  }

  tensor(type, data, shape) {
    return new this.#runtime.ort.Tensor(type, data, shape);
  }

  sha256(bytes) {
    return createHash('sha256').update(bytes).digest('hex');
  }

  async readFile(file) {
    try {
      return await readFile(file);
    } catch (problem) {
      throw new RequestError('request', `${file} can't be read: ${problem.message}`);
    }
  }
}

const origin = process.hrtime.bigint();
const clock = {
  name: 'process.hrtime',
  resolutionNs: 100, // what reading it costs
  now: () => Number(process.hrtime.bigint() - origin),
  pause: () => new Promise(resolve => setImmediate(resolve)),
};

const agent = new Agent(new OnnxRuntimeEngine(), clock, message => process.stdout.write(`${JSON.stringify(message)}\n`));
const lines = createInterface({ input: process.stdin, crlfDelay: Infinity });
lines.on('line', line => {
  if (line.trim() !== '') {
    agent.receive(line);
  }
});

// Whoever started the agent has gone once its pipes close: then nothing is left to do.
lines.on('close', () => process.exit(0));
process.stdout.on('error', () => process.exit(0));
// An interrupt from the terminal reaches the whole group; whoever started the agent decides what it means.
process.on('SIGINT', () => {});
