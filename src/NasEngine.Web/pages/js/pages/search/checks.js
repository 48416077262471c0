// Has the service check what is being written, some moments after the last key.

import { post } from "../../app/client.js";
import { lineAt, lineOfPath, readJson } from "../../json/locate.js";

const pause = 350;

export class Checks {
  space = { errors: [], size: null, genes: null, isChecking: false };
  experiment = { errors: [], isChecking: false };
  #timer = 0;
  #round = 0;
  #page;
  #whenDone;

  constructor(page, whenDone) {
    this.#page = page;
    this.#whenDone = whenDone;
    page.signal.addEventListener("abort", () => clearTimeout(this.#timer));
  }

  get isChecking() {
    return this.space.isChecking || this.experiment.isChecking;
  }

  get isFine() {
    return !this.isChecking && this.space.valid === true && this.experiment.valid === true;
  }

  /** Checks the draft soon; a later request replaces this one. */
  request(draft, fileOf, { now = false } = {}) {
    clearTimeout(this.#timer);
    this.#round += 1; // an answer that is still under way is about what was written before
    this.space.isChecking = true;
    this.experiment.isChecking = true;
    this.#timer = setTimeout(() => this.#run(draft, fileOf), now ? 0 : pause);
  }

  async #run(draft, fileOf) {
    const round = this.#round;
    const [space, experiment] = await Promise.all([this.#check("/spaces/validate", draft.spaceText), this.#checkExperiment(draft, fileOf)]);
    if (round !== this.#round || !this.#page.isOpen) return;
    this.space = space;
    this.experiment = { ...experiment, errors: experiment.errors.filter(error => !(error.path ?? "").startsWith("$.space")) };
    if (experiment.errors.length && !this.experiment.errors.length && space.valid) this.space = { ...space, errors: experiment.errors.map(error => ({ ...error, path: error.path.replace("$.space", "$") })) };
    this.#whenDone();
  }

  async #checkExperiment(draft, fileOf) {
    const read = readJson(draft.experimentText);
    if (read.problem) return { valid: false, errors: [{ path: "$", message: read.problem.message, line: lineAt(draft.experimentText, read.problem.offset) }] };
    const whole = draft.whole(fileOf);
    if (!whole) return { valid: false, errors: [] };
    return this.#check("/experiments/validate", JSON.stringify(whole), draft.experimentText, read.places);
  }

  async #check(path, sent, shown = sent, places = null) {
    const read = places ? { places } : readJson(shown);
    if (read.problem) return { valid: false, errors: [{ path: "$", message: read.problem.message, line: lineAt(shown, read.problem.offset) }] };
    try {
      const answer = await post(path, { json: sent }, { signal: this.#page.signal });
      return { ...answer, errors: (answer.errors ?? []).map(error => ({ ...error, line: lineOfPath(shown, read.places, error.path ?? "$") })) };
    } catch (problem) {
      const errors = problem.errors?.length ? problem.errors : [{ path: "$", message: problem.message }];
      return { valid: false, errors: errors.map(error => ({ ...error, line: lineOfPath(shown, read.places, error.path ?? "$") })) };
    }
  }
}
