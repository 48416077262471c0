// The other end of an agent's protocol: sends requests, sorts what comes back. Knows no host.

/** An agent answered with an error. Kinds are the protocol's. */
export class AnswerError extends Error {
  constructor(kind, message) {
    super(message);
    this.kind = kind;
  }
}

/** The agent ended while an answer was awaited. */
export class AgentEndedError extends Error {}

/** Asks one agent. `send` takes one line; the host gives each message that comes back to `receive`, and the agent's end to `end`. */
export class Caller {
  #send;
  #pending = new Map();
  #lastId = 0;
  #ended = null;

  constructor(send) {
    this.#send = send;
  }

  get isOpen() {
    return this.#ended === null;
  }

  /** Sends a request and gives its result; `onEvent` sees its events, and `onId` the id that a cancel has to name. */
  ask(request, onEvent = () => {}, onId = () => {}) {
    if (this.#ended !== null) {
      return Promise.reject(this.#ended);
    }
    const id = ++this.#lastId;
    onId(id);
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject, onEvent });
      this.#send(JSON.stringify({ id, ...request }));
    });
  }

  receive(message) {
    const waiting = this.#pending.get(message.id);
    if (waiting === undefined) {
      return;
    }
    if (message.event !== undefined) {
      waiting.onEvent(message);
      return;
    }
    this.#pending.delete(message.id);
    if (message.error !== undefined) {
      waiting.reject(new AnswerError(message.error.kind, message.error.message));
    } else {
      waiting.resolve(message.result);
    }
  }

  end(reason) {
    this.#ended ??= new AgentEndedError(reason);
    for (const { reject } of this.#pending.values()) {
      reject(this.#ended);
    }
    this.#pending.clear();
  }
}
