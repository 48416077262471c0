// States as coloured words.

import { h } from "../dom/h.js";

const tones = {
  succeeded: "good", done: "good", online: "good",
  processing: "busy", running: "busy", busy: "busy",
  enqueued: "wait", scheduled: "wait", awaiting: "wait", waiting: "wait",
  failed: "bad",
  stopped: "warn", stopping: "warn", paused: "warn",
  deleted: "", offline: "",
};

/** A state, such as a job's or a run's. */
export function badge(state, text = state) {
  return h("span", { class: `badge ${tones[state] ?? ""}` }, text ?? "unknown");
}
