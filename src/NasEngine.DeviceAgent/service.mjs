// Calls of the service that an agent works for. Knows neither Node nor a browser: both have fetch.

/** The service answered with an error that another try does not mend. */
export class RefusedError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

const delaysMs = [250, 500, 1000, 2000, 5000, 10000, 20000, 30000];

/** Whether the same call may succeed later: the service is away, starting, or wants fewer calls. */
const isPassing = status => status === 408 || status === 425 || status === 429 || status >= 500;

function delayBefore(attempt) {
  const full = delaysMs[Math.min(attempt, delaysMs.length - 1)];
  return full / 2 + (full / 2) * Math.random(); // many agents that lost one service must not come back at one moment
}

/** Waits; true if `signal` ended it. */
export function pause(ms, signal) {
  return new Promise(resolve => {
    if (signal?.aborted) {
      resolve(true);
      return;
    }
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve(signal?.aborted === true);
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done);
  });
}

function addressOf(server) {
  const isAddress = /^https?:\/\/[^/]/.test(server);
  if (!isAddress) {
    throw new RefusedError(0, `A service has an address of the form http://HOST:PORT, got '${server}'.`);
  }
  return new URL('api/v1/', server.endsWith('/') ? server : `${server}/`);
}

async function problemOf(response) {
  try {
    const text = await response.text();
    const problem = JSON.parse(text);
    return problem.detail ?? problem.title ?? `HTTP ${response.status}`;
  } catch {
    return `HTTP ${response.status}`;
  }
}

export class Service {
  #base;
  #headers;
  #onAway;

  /**
   * @param headers what every call carries to say who is asking, such as { authorization: 'Bearer …' }
   * @param onAway called with (reason, ms until the next try) whenever the service can't be reached, and with (null, 0) once it can again
   */
  constructor(server, headers, onAway = () => {}) {
    this.#base = addressOf(server);
    this.#headers = headers;
    this.#onAway = onAway;
  }

  get address() {
    return this.#base.origin;
  }

  /** One call, no second try. Gives null for 204. */
  async call(method, path, body, { timeoutMs = 30000, signal, keepalive = false } = {}) {
    const response = await this.#fetch(method, new URL(path, this.#base), body, timeoutMs, signal, keepalive);
    return response.status === 204 ? null : await response.json();
  }

  /** A call that is made again, with growing delays, until the service answers or `signal` ends it; a `whole` call is not interrupted under way. */
  async persist(method, path, body, { signal, whole = false, ...options } = {}) {
    return await this.#again(() => this.call(method, path, body, { ...options, signal: whole ? undefined : signal }), signal);
  }

  /** The bytes behind a reference that the service gave: only its own files, and nothing that leads elsewhere. */
  async download(href, signal) {
    const url = new URL(href, this.#base);
    if (url.origin !== this.#base.origin || !url.pathname.startsWith(this.#base.pathname)) {
      throw new RefusedError(0, `A network was announced at ${url.origin}${url.pathname}: only files of ${this.#base} are measured.`);
    }
    return await this.#again(async () => {
      const response = await this.#fetch('GET', url, undefined, 120000, signal, false);
      return new Uint8Array(await response.arrayBuffer());
    }, signal);
  }

  async #again(call, signal) {
    for (let attempt = 0; ; attempt++) {
      try {
        const result = await call();
        if (attempt > 0) {
          this.#onAway(null, 0);
        }
        return result;
      } catch (problem) {
        if (signal?.aborted || (problem instanceof RefusedError && !isPassing(problem.status))) {
          throw problem;
        }
        const ms = delayBefore(attempt);
        this.#onAway(problem.message, ms);
        if (await pause(ms, signal)) {
          throw problem;
        }
      }
    }
  }

  async #fetch(method, url, body, timeoutMs, signal, keepalive) {
    const limit = new AbortController();
    const stop = () => limit.abort();
    const timer = setTimeout(stop, timeoutMs);
    signal?.addEventListener('abort', stop);
    if (signal?.aborted) {
      stop();
    }
    try {
      const headers = { accept: 'application/json', ...this.#headers };
      if (body !== undefined) {
        headers['content-type'] = 'application/json';
      }
      const response = await fetch(url, {
        method, headers, keepalive, body: body === undefined ? undefined : JSON.stringify(body), signal: limit.signal,
        redirect: 'error', // a token is for one service
        cache: 'no-store',
      });
      if (!response.ok) {
        throw new RefusedError(response.status, await problemOf(response));
      }
      // The body is read under the same limit.
      const bytes = response.status === 204 ? null : await response.arrayBuffer();
      return { status: response.status, arrayBuffer: () => bytes, json: () => JSON.parse(new TextDecoder().decode(bytes)) };
    } catch (problem) {
      if (problem instanceof RefusedError) {
        throw problem;
      }
      const reason = limit.signal.aborted ? `no answer within ${timeoutMs / 1000} s` : (problem.cause?.message ?? problem.message);
      throw new Error(`${this.address} can't be reached: ${reason}`);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
    }
  }
}
