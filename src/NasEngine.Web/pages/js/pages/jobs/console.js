// What a job says while it works. New lines are fetched from where the last ones ended, and the view follows them unless a person reads above.

import { h } from "../../dom/h.js";
import { widget } from "../../dom/widget.js";
import { exact, timeOfDay } from "../../format/times.js";

const mostLines = 2000;

export class JobConsole {
  #page;
  #path;
  #next = 0;
  #lines = [];
  #host = null;
  #isLoading = false;
  #followsEnd = true;

  constructor(page, path) {
    this.#page = page;
    this.#path = path;
    this.reload = page.coalesce(() => this.load(), 400);
  }

  element() {
    return widget(this.#kind, {}, { class: "console", role: "log", tabindex: "0", "aria-label": "Console", "aria-live": "off" });
  }

  actions() {
    return this.#lines.length > 0 && h("button", { type: "button", class: "button quiet", onclick: () => this.#save() }, "Save as text");
  }

  async load() {
    if (this.#isLoading) return;
    this.#isLoading = true;
    try {
      for (let more = true; more && this.#page.isOpen;) {
        const { lines, next } = await this.#page.get(`${this.#path}/console?after=${this.#next}`);
        more = lines.length > 0 && next > this.#next;
        this.#next = Math.max(this.#next, next ?? 0);
        this.#append(lines);
      }
    } finally {
      this.#isLoading = false;
    }
  }

  #kind = {
    name: "console",
    create: host => {
      this.#host = host;
      host.addEventListener("scroll", () => {
        this.#followsEnd = host.scrollTop + host.clientHeight >= host.scrollHeight - 24;
      });
      host.append(...this.#lines.map(row));
      this.#showEnd();
      return { update() {}, dispose() {} };
    },
  };

  #append(lines) {
    if (!lines.length) return;
    this.#lines.push(...lines);
    this.#lines.splice(0, this.#lines.length - mostLines);
    this.#host?.append(...lines.map(row));
    while (this.#host && this.#host.childElementCount > mostLines) this.#host.firstChild.remove();
    this.#showEnd();
  }

  #showEnd() {
    if (this.#host && this.#followsEnd) this.#host.scrollTop = this.#host.scrollHeight;
  }

  #save() {
    const link = h("a", { href: URL.createObjectURL(new Blob([this.#lines.map(line => `${line.at} ${line.text}\n`).join("")], { type: "text/plain" })), download: "console.txt" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }
}

function row(line) {
  return h("div", null, h("time", { datetime: line.at, title: exact(line.at) }, timeOfDay(line.at)), h("span", null, line.text));
}
