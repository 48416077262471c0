// Answers requests. Knows neither Node nor a browser: the host gives the engine, a clock, and carries the messages.
//
// An engine is { describe(): facts, createSession(bytes, threads): session, tensor(type, data, shape), sha256(bytes), readFile(path) };
// a session is { inputs: [{ name, type }], outputNames, run(feeds), isSynchronous, dispose() }.

import { canary, identity } from './builtin.mjs';
import { CancelledError, defaults, measureBatch, measureOverhead } from './measure.mjs';
import { seededRandom } from './statistics.mjs';

export const protocolVersion = 1;

/** A request that can't be answered. Kinds: request (what was asked), model (the network), cancelled, failure (anything else). */
export class RequestError extends Error {
  constructor(kind, message) {
    super(message);
    this.kind = kind;
  }
}

const arrayTypes = { float32: Float32Array, int64: BigInt64Array, int32: Int32Array, uint8: Uint8Array, int8: Int8Array };

function fail(message) {
  throw new RequestError('request', message);
}

function requireText(request, name) {
  return typeof request[name] === 'string' && request[name] !== '' ? request[name] : fail(`"${name}" must be a text that is not empty.`);
}

function requireShape(shape) {
  const isShape = Array.isArray(shape) && shape.every(size => Number.isInteger(size) && size > 0);
  return isShape ? shape : fail(`A shape must be a list of whole numbers above 0, got ${JSON.stringify(shape)}.`);
}

export function decodeBase64(text) {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) {
    bytes[i] = binary.charCodeAt(i);
  }
  return bytes;
}

export function encodeBase64(array) {
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  let binary = '';
  for (let i = 0; i < bytes.length; i += 8192) {
    binary += String.fromCharCode.apply(null, bytes.subarray(i, i + 8192));
  }
  return btoa(binary);
}

/** The agent behind one connection. `send` carries one message (a plain object) to the caller. */
export class Agent {
  #engine;
  #clock;
  #send;
  #models = new Map();
  #builtin = new Map();
  #cancelled = new Set();
  #waiting = new Set();
  #tail = Promise.resolve();

  constructor(engine, clock, send) {
    this.#engine = engine;
    this.#clock = clock;
    this.#send = send;
  }

  /** Takes one line. Requests are answered one after the other; only a cancel overtakes. */
  receive(line) {
    let request;
    try {
      request = JSON.parse(line);
    } catch (problem) {
      this.#send({ id: null, error: { kind: 'request', message: `A request must be one line of JSON: ${problem.message}` } });
      return;
    }
    const id = request?.id;
    if (typeof id !== 'number' && typeof id !== 'string') {
      this.#send({ id: null, error: { kind: 'request', message: 'A request must be an object with an "id" (a number or a text).' } });
    } else if (request.type === 'cancel') {
      const isKnown = this.#waiting.has(request.target);
      if (isKnown) {
        this.#cancelled.add(request.target);
      }
      this.#send({ id, result: { cancelled: isKnown } });
    } else {
      this.#waiting.add(id);
      this.#tail = this.#tail.then(() => this.#answer(id, request));
    }
  }

  /** Ends whatever is under way at the next block. */
  close() {
    for (const id of this.#waiting) {
      this.#cancelled.add(id);
    }
  }

  async #answer(id, request) {
    try {
      this.#throwIfCancelled(id);
      this.#send({ id, result: await this.#dispatch(id, request) });
    } catch (problem) {
      const kind = problem instanceof CancelledError ? 'cancelled' : problem instanceof RequestError ? problem.kind : 'failure';
      this.#send({ id, error: { kind, message: String(problem?.message ?? problem) } });
    } finally {
      this.#waiting.delete(id);
      this.#cancelled.delete(id);
    }
  }

  #throwIfCancelled(id) {
    if (this.#cancelled.has(id)) {
      throw new CancelledError('The request was cancelled.');
    }
  }

  #dispatch(id, request) {
    switch (request.type) {
      case 'hello': return { protocol: protocolVersion, ...this.#engine.describe() };
      case 'load': return this.#load(request);
      case 'unload': return this.#unload(request);
      case 'measure': return this.#measure(id, request);
      case 'run': return this.#run(id, request);
      default: return fail(`There is no request '${request.type}'. Known: cancel, hello, load, measure, run, unload.`);
    }
  }

  async #load(request) {
    const name = requireText(request, 'model');
    const threads = request.threads ?? 1;
    if (!Number.isInteger(threads) || threads < 1) {
      fail(`"threads" must be a whole number above 0, got ${JSON.stringify(threads)}.`);
    }
    if (this.#models.has(name)) {
      fail(`A model '${name}' is loaded already. Unload it first.`);
    }
    let bytes;
    if (typeof request.data === 'string') {
      try {
        bytes = decodeBase64(request.data);
      } catch {
        fail('"data" must be base64.');
      }
    } else {
      bytes = await this.#engine.readFile(requireText(request, 'path'));
    }
    const hash = await this.#engine.sha256(bytes);
    if (request.sha256 !== undefined && request.sha256 !== hash) {
      fail(`Model '${name}' arrived damaged: its SHA-256 is ${hash}, ${request.sha256} was announced.`);
    }
    const session = await this.#createSession(name, bytes, threads);
    this.#models.set(name, { session, threads });
    return { model: name, sha256: hash, inputs: session.inputs, outputs: session.outputNames };
  }

  async #createSession(name, bytes, threads) {
    try {
      return await this.#engine.createSession(bytes, threads);
    } catch (problem) {
      throw new RequestError('model', `The engine refuses model '${name}': ${problem.message}`);
    }
  }

  async #unload(request) {
    const name = requireText(request, 'model');
    const { session } = this.#find(name);
    this.#models.delete(name);
    await session.dispose();
    return { model: name };
  }

  #find(name) {
    const known = [...this.#models.keys()];
    return this.#models.get(name)
      ?? fail(`There is no model '${name}'. Loaded: ${known.length === 0 ? 'none' : known.slice(0, 10).join(', ')}${known.length > 10 ? ', …' : ''}.`);
  }

  /** Inputs for timing: seeded numbers in [0, 1) for floats, zeros for whole numbers (valid as any index). */
  #timingFeeds(name, session, shapes) {
    if (!Array.isArray(shapes) || shapes.length !== session.inputs.length) {
      fail(`Model '${name}' has ${session.inputs.length} inputs: "shapes" must be a list of as many shapes, got ${JSON.stringify(shapes)}.`);
    }
    const random = seededRandom(1);
    const feeds = {};
    session.inputs.forEach((input, i) => {
      const type = arrayTypes[input.type] ?? fail(`Input '${input.name}' of model '${name}' has type ${input.type}. Known: ${Object.keys(arrayTypes).join(', ')}.`);
      const data = new type(requireShape(shapes[i]).reduce((product, size) => product * size, 1));
      feeds[input.name] = this.#engine.tensor(input.type, input.type === 'float32' ? data.map(() => random()) : data, shapes[i]);
    });
    return feeds;
  }

  async #prepare(name, session, shapes) {
    const feeds = this.#timingFeeds(name, session, shapes);
    try {
      await session.run(feeds);
    } catch (problem) {
      throw new RequestError('model', `Model '${name}' does not run on input ${JSON.stringify(shapes)}: ${problem.message}`);
    }
    return { model: name, session, feeds };
  }

  /** The built-in networks, kept for each count of threads since a session has one. */
  async #prepareBuiltin(threads) {
    if (!this.#builtin.has(threads)) {
      const prepare = async (name, model) =>
        this.#prepare(name, await this.#createSession(name, decodeBase64(model.data), threads), model.shapes);
      this.#builtin.set(threads, { canary: await prepare('canary', canary), identity: await prepare('identity', identity) });
    }
    return this.#builtin.get(threads);
  }

  async #measure(id, request) {
    const settings = request.options ?? {};
    for (const [key, value] of Object.entries(settings)) {
      if (!(key in defaults)) {
        fail(`There is no option '${key}'. Known: ${Object.keys(defaults).join(', ')}.`);
      }
      if (!Number.isFinite(value) || value < 0) {
        fail(`Option '${key}' must be a number of at least 0, got ${JSON.stringify(value)}.`);
      }
    }
    if (!Array.isArray(request.models) || request.models.length === 0) {
      fail('"models" must be a list of { "model", "shapes" } that is not empty.');
    }
    const subjects = [];
    for (const entry of request.models) {
      const name = requireText(entry ?? {}, 'model');
      subjects.push(await this.#prepare(name, this.#find(name).session, entry.shapes));
      await this.#clock.pause();
      this.#throwIfCancelled(id);
    }
    const builtin = await this.#prepareBuiltin(this.#find(subjects[0].model).threads);
    const probe = request.canary === undefined
      ? builtin.canary
      : await this.#prepare(requireText(request.canary, 'model'), this.#find(request.canary.model).session, request.canary.shapes);
    builtin.overheadNs ??= await measureOverhead(builtin.identity, this.#clock);
    let lastSign = this.#clock.now();
    const send = message => {
      this.#send({ id, ...message });
      lastSign = this.#clock.now();
    };
    const isCancelled = () => {
      if (this.#clock.now() - lastSign > 1e9) {
        send({ event: 'alive' }); // the caller tells a long batch from an agent that hangs
      }
      return this.#cancelled.has(id);
    };
    const onMeasured = measured =>
      send({ event: 'measured', ...measured, overheadNs: builtin.overheadNs, clock: this.#clock.name });
    const batch = await measureBatch(subjects, probe, settings, this.#clock, onMeasured, isCancelled);
    return { ...batch, overheadNs: builtin.overheadNs };
  }

  async #run(id, request) {
    const name = requireText(request, 'model');
    const { session } = this.#find(name);
    if (!Array.isArray(request.inputs)) {
      fail('"inputs" must be a list of runs, each a list of { "shape", "data" or "path" } in the order of the inputs of the model.');
    }
    const outputs = [];
    for (const run of request.inputs) {
      if (!Array.isArray(run) || run.length !== session.inputs.length) {
        fail(`Model '${name}' has ${session.inputs.length} inputs: each run needs a list of as many tensors.`);
      }
      const feeds = {};
      for (let i = 0; i < run.length; i++) {
        feeds[session.inputs[i].name] = await this.#decodeTensor(name, session.inputs[i], run[i]);
      }
      let results;
      try {
        results = await session.run(feeds);
      } catch (problem) {
        throw new RequestError('model', `Model '${name}' does not run on input ${JSON.stringify(run.map(tensor => tensor.shape))}: ${problem.message}`);
      }
      outputs.push(session.outputNames.map(output => ({
        name: output, type: results[output].type, shape: results[output].dims, data: encodeBase64(results[output].data),
      })));
      await this.#clock.pause();
      this.#throwIfCancelled(id);
    }
    return { outputs };
  }

  async #decodeTensor(name, input, tensor) {
    const type = arrayTypes[input.type] ?? fail(`Input '${input.name}' of model '${name}' has type ${input.type}. Known: ${Object.keys(arrayTypes).join(', ')}.`);
    const shape = requireShape(tensor?.shape);
    let bytes;
    try {
      bytes = typeof tensor.data === 'string' ? decodeBase64(tensor.data) : await this.#engine.readFile(requireText(tensor, 'path'));
    } catch (problem) {
      throw problem instanceof RequestError ? problem : new RequestError('request', `The data of input '${input.name}' must be base64.`);
    }
    const expected = shape.reduce((product, size) => product * size, 1) * type.BYTES_PER_ELEMENT;
    if (bytes.byteLength !== expected) {
      fail(`Input '${input.name}' of shape ${JSON.stringify(shape)} needs ${expected} bytes, got ${bytes.byteLength}.`);
    }
    // A copy: what was read from a file may start at an offset that the type doesn't allow.
    return this.#engine.tensor(input.type, new type(bytes.slice().buffer), shape);
  }
}
