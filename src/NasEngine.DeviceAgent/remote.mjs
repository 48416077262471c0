// An agent that works for a service: asks for work, holds it by heartbeats, gives each result back as soon as it is there.
// Knows neither Node nor a browser: the host starts what measures, and shows what happens.
//
// What measures runs apart (a child process, a worker), so that neither heartbeats disturb a measurement nor a network that
// ends the runtime ends the agent.

import { encodeBase64 } from './agent.mjs';
import { AgentEndedError, AnswerError } from './caller.mjs';
import { RefusedError, Service, pause } from './service.mjs';

export { RefusedError } from './service.mjs';

const restartDelayMs = 1000;
const lastWordsMs = 3000;

/** The service knows this agent no more: it was removed, or the store is another. */
const isForgotten = problem => problem instanceof RefusedError && problem.status === 410;

function faultOf(problem, key) {
  if (problem.kind === 'cancelled') {
    return { kind: 'cancelled', message: problem.message };
  }
  const isRefused = problem.kind === 'model' || problem.kind === 'request' || (problem instanceof RefusedError && problem.status === 400);
  const isModel = key !== undefined && isRefused;
  return isModel ? { kind: 'model', message: problem.message, key } : { kind: 'failure', message: problem.message };
}

/** The network that a refusal names: several are measured together, and the message says which it was. */
const namedIn = (message, models) => models.find(model => message.includes(`'${model.key}'`))?.key;

export class RemoteAgent {
  #service;
  #options;
  #session = null;
  #caller = null;
  #facts = null;
  #stop = new AbortController();

  /**
   * @param options { server, headers, name, kind, instance, startedAt: milliseconds, threads,
   *   connect: () => promise of a caller to what measures, disconnect: () => promise, show: state => void }
   *   A state is { phase, … }: connecting, waiting, working { total, done, kind }, measured { key, medianNs, … }, refused, away { reason, seconds }, lost, stopped.
   */
  constructor(options) {
    this.#options = options;
    this.#service = new Service(options.server, options.headers, (reason, ms) =>
      this.#show(reason === null ? { phase: 'back' } : { phase: 'away', reason, seconds: ms / 1000 }));
  }

  /** Ends `run` once what is under way has been given back. */
  stop() {
    this.#stop.abort();
  }

  /** Works until stopped. Rejects where going on has no sense: a refused token or name, an engine that can't be started. */
  async run() {
    const { signal } = this.#stop;
    try {
      while (!signal.aborted) {
        await this.#start();
        await this.#attach();
        await this.#workWhileAttached();
      }
    } catch (problem) {
      if (!signal.aborted) {
        throw problem;
      }
    } finally {
      await this.#leave();
      await this.#options.disconnect();
      this.#show({ phase: 'stopped' });
    }
  }

  #show(state) {
    this.#options.show(state);
  }

  async #start() {
    if (this.#caller?.isOpen) {
      return;
    }
    this.#caller = await this.#options.connect();
    const { protocol, ...facts } = await this.#caller.ask({ type: 'hello' });
    if (protocol !== 1) {
      throw new RefusedError(0, `What measures speaks protocol ${protocol}, 1 is needed.`);
    }
    this.#facts = facts;
  }

  async #attach() {
    const { name, kind, instance, startedAt, threads } = this.#options;
    this.#show({ phase: 'connecting', server: this.#service.address });
    const { signal } = this.#stop;
    this.#session = await this.#service.persist('POST', 'agents', { name, kind, instance, startedAt, facts: { ...this.#facts, threads } }, { signal });
    this.#show({ phase: 'waiting', name });
  }

  async #workWhileAttached() {
    const { signal } = this.#stop;
    const { agent, pollSeconds } = this.#session;
    try {
      while (!signal.aborted) {
        await this.#start();
        const lease = await this.#service.persist('POST', `agents/${agent}/lease`, {}, { signal, timeoutMs: (pollSeconds + 15) * 1000 });
        if (lease !== null) {
          await this.#work(lease);
          this.#show({ phase: 'waiting', name: this.#options.name });
        }
      }
    } catch (problem) {
      if (!isForgotten(problem)) {
        throw problem;
      }
      this.#show({ phase: 'lost', reason: problem.message });
    }
  }

  /** Does one lease. Rejects if the service knows this agent no more. */
  async #work(lease) {
    const path = `agents/${this.#session.agent}/leases/${lease.lease}`;
    this.#show({ phase: 'working', kind: lease.type, total: lease.models.length, done: 0 });
    const work = new AbortController();
    let request = null;
    const cancel = () => {
      work.abort();
      if (request !== null) {
        this.#caller.ask({ type: 'cancel', target: request }).catch(() => {}); // whoever can't be asked has ended
      }
    };
    this.#stop.signal.addEventListener('abort', cancel);
    const results = new Results(result => this.#tell(`${path}/results`, result));
    const beat = this.#heartbeats(path, work.signal, cancel);
    let fault = null;
    let summary = {};
    try {
      const onId = id => {
        request = id;
      };
      try {
        summary = lease.type === 'run'
          ? await this.#runAll(lease, results, work.signal)
          : await this.#measureAll(lease, results, work.signal, onId);
      } finally {
        await results.sent();
      }
    } catch (problem) {
      if (isForgotten(problem)) {
        throw problem;
      }
      fault = work.signal.aborted
        ? { kind: 'cancelled', message: 'The work was stopped.' }
        : faultOf(problem, problem.key ?? namedIn(problem.message, lease.models));
    } finally {
      this.#stop.signal.removeEventListener('abort', cancel);
      work.abort();
      await beat;
      await this.#unload(lease);
    }
    await this.#report(path, fault, summary);
  }

  async #report(path, fault, summary) {
    if (fault !== null) {
      this.#show({ phase: 'refused', ...fault });
    }
    const [verb, body] = fault === null ? ['finish', { batch: summary }] : ['fail', fault];
    await this.#tell(`${path}/${verb}`, body);
    if (fault?.kind === 'failure') {
      await pause(restartDelayMs, this.#stop.signal);
    }
  }

  /** Tells the service until it has understood; once stopped, a single time. */
  async #tell(path, body) {
    const { signal } = this.#stop;
    await (signal.aborted
      ? this.#service.call('POST', path, body, { timeoutMs: lastWordsMs })
      : this.#service.persist('POST', path, body, { signal, whole: true }));
  }

  async #heartbeats(path, signal, cancel) {
    const everyMs = (this.#session.leaseSeconds * 1000) / 3;
    while (!(await pause(everyMs, signal))) {
      try {
        const { cancelled } = await this.#service.call('POST', `${path}/heartbeat`, {}, { timeoutMs: Math.max(everyMs, 1000), signal });
        if (cancelled) {
          cancel();
          return;
        }
      } catch (problem) {
        if (isForgotten(problem)) {
          cancel();
          return;
        }
        // The service is away: the next heartbeat tries again, and measuring goes on meanwhile.
      }
    }
  }

  async #load(model, threads, signal) {
    const bytes = await this.#service.download(model.href, signal);
    try {
      await this.#caller.ask({ type: 'load', model: model.key, data: encodeBase64(bytes), sha256: model.sha256, threads });
    } catch (problem) {
      problem.key = model.key;
      throw problem;
    }
    if (signal.aborted) {
      throw new AnswerError('cancelled', 'The work was cancelled.');
    }
  }

  async #measureAll(lease, results, signal, onId) {
    for (const model of lease.models) {
      await this.#load(model, lease.threads, signal);
    }
    let done = 0;
    const onEvent = ({ event, model, blocks, runsPerBlock, overheadNs, canaryNs, clock, warnings, medianNs, lowNs, highNs }) => {
      if (event === 'measured') {
        results.send({ key: model, blocks, runsPerBlock, overheadNs, canaryNs, clock, warnings });
        this.#show({ phase: 'measured', key: model, medianNs, lowNs, highNs, canaryNs, done: ++done, total: lease.models.length });
      }
    };
    const models = lease.models.map(({ key, shapes }) => ({ model: key, shapes }));
    return await this.#caller.ask({ type: 'measure', models, options: lease.options }, onEvent, onId);
  }

  async #runAll(lease, results, signal) {
    let done = 0;
    for (const model of lease.models) {
      await this.#load(model, lease.threads, signal);
      const values = await this.#service.download(model.inputs.href, signal);
      const size = model.shapes[0].reduce((product, length) => product * length, 1) * 4;
      const outputs = [];
      for (let at = 0; at < values.byteLength; at += size) {
        const data = encodeBase64(values.slice(at, at + size));
        const result = await this.#caller.ask({ type: 'run', model: model.key, inputs: [[{ shape: model.shapes[0], data }]] });
        const [first] = result.outputs[0];
        if (first.type !== 'float32') {
          throw Object.assign(new AnswerError('model', `Output '${first.name}' has type ${first.type}, float32 is needed.`), { key: model.key });
        }
        outputs.push(first.data);
        if (signal.aborted) {
          throw new AnswerError('cancelled', 'The work was cancelled.');
        }
      }
      results.send({ key: model.key, outputs });
      this.#show({ phase: 'working', kind: 'run', total: lease.models.length, done: ++done });
    }
    return {};
  }

  async #unload(lease) {
    for (const { key } of lease.models) {
      if (!this.#caller.isOpen) {
        await this.#options.disconnect();
        return;
      }
      try {
        await this.#caller.ask({ type: 'unload', model: key });
      } catch (problem) {
        if (!(problem instanceof AnswerError || problem instanceof AgentEndedError)) {
          throw problem;
        } // a network that was never loaded
      }
    }
  }

  async #leave() {
    if (this.#session === null) {
      return;
    }
    try {
      await this.#service.call('POST', `agents/${this.#session.agent}/leave`, {}, { timeoutMs: lastWordsMs, keepalive: true });
    } catch {
      this.#show({ phase: 'lost', reason: 'The service was not told.' }); // it will notice
    }
  }
}

/** Results on their way: one after the other, each until the service has taken it. */
class Results {
  #tell;
  #tail = Promise.resolve();
  #problem = null;

  /** @param tell gives one result to the service, and resolves once it is there */
  constructor(tell) {
    this.#tell = tell;
  }

  send(result) {
    this.#tail = this.#tail.then(async () => {
      try {
        await this.#tell(result);
      } catch (problem) {
        problem.key = result.key;
        this.#problem ??= problem;
      }
    });
  }

  /** Resolves once all are with the service; rejects with the first problem. */
  async sent() {
    await this.#tail;
    if (this.#problem !== null) {
      throw this.#problem;
    }
  }
}
