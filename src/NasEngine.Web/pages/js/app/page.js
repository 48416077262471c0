// What a page has while it is open: its address, its place, its stream of events, and an end.

import { ApiProblem, get } from "./client.js";
import { listen } from "./live.js";
import { go } from "./router.js";
import { show } from "../dom/patch.js";
import { h } from "../dom/h.js";
import { toast } from "../ui/toast.js";

const shortestPause = 700;

export class Page {
  #ended = new AbortController();
  #status;

  constructor(host, params, status) {
    this.host = host;
    this.params = params;
    this.query = new URLSearchParams(location.search);
    this.#status = status;
  }

  /** Aborts when the page is left. */
  get signal() {
    return this.#ended.signal;
  }

  get isOpen() {
    return !this.signal.aborted;
  }

  title(text) {
    if (this.isOpen) document.title = `${text} · NasEngine`;
  }

  show(content) {
    if (!this.isOpen) return;
    this.host.removeAttribute("aria-busy");
    show(this.host, content);
  }

  /** Asks the API, unless the page is left meanwhile. */
  get(path) {
    return get(path, { signal: this.signal });
  }

  /** Runs something that a person asked for, and says what came of it. */
  async act(work, done) {
    try {
      const result = await work();
      if (done) toast(typeof done === "function" ? done(result) : done);
      return result;
    } catch (problem) {
      if (problem.name !== "AbortError") toast(problem.message, "bad");
      return undefined;
    }
  }

  /** Changes what the address asks for; the page is opened again with it and keeps what is shown until then. */
  ask(values, { replace = true } = {}) {
    const next = new URLSearchParams(location.search);
    for (const [name, value] of Object.entries(values)) {
      if (value === null || value === undefined || value === "") next.delete(name);
      else next.set(name, value);
    }

    const text = next.toString();
    go(location.pathname + (text ? `?${text}` : ""), { replace, keepScroll: true });
  }

  /** Follows the service's events. The interest is the query of the stream: { topic, run, job }. */
  follow(interest, handler) {
    const close = listen(interest, (type, data) => this.isOpen && handler(type, data), state => this.#status.set(state));
    this.signal.addEventListener("abort", close);
  }

  /** Runs something again and again while the page is open and seen. */
  every(milliseconds, work) {
    const timer = setInterval(() => !document.hidden && work(), milliseconds);
    this.signal.addEventListener("abort", () => clearInterval(timer));
  }

  /** Makes a function that runs the work soon, but not more often than a person can follow, and never twice at a time. */
  coalesce(work, pause = shortestPause) {
    let timer = 0;
    let isRunning = false;
    let isWanted = false;
    const run = async () => {
      timer = 0;
      isRunning = true;
      isWanted = false;
      try {
        await work();
      } catch (problem) {
        if (problem.name !== "AbortError" && !(problem instanceof ApiProblem)) throw problem;
      } finally {
        isRunning = false;
        if (isWanted) request();
      }
    };
    const request = () => {
      isWanted = true;
      if (!timer && !isRunning && this.isOpen) timer = setTimeout(run, pause);
    };
    this.signal.addEventListener("abort", () => clearTimeout(timer));
    return request;
  }

  /** Shows what went wrong in place of the page. */
  fail(problem) {
    const missing = problem.status === 404;
    this.title(missing ? "Not found" : "Problem");
    this.show(h("section", { class: "panel problem" },
      h("h1", null, missing ? "There is no such thing here" : "This page could not be shown"),
      h("p", null, problem.message),
      h("p", null, h("button", { class: "button", type: "button", onclick: () => this.ask({}) }, "Try again"), " ", h("a", { href: "/" }, "Overview"))));
  }

  end() {
    this.#ended.abort();
  }
}
