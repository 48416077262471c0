// What a person is putting together: a space, and an experiment without its space. The texts are the truth; forms read and change them.

import { writeJson } from "../../format/json.js";
import { readJson } from "../../json/locate.js";

export class Draft {
  /** The shipped or saved space that is used as it is, or null for the text below. */
  spaceName = null;
  spaceText = "";
  experimentText = "";

  constructor() {
    this.setExperiment({
      name: "search",
      seed: 1,
      train: { steps: 1000, batchSize: 64 },
      search: { algorithm: "nsga-ii", evaluations: 4000, verify: 24 },
    });
  }

  get space() {
    return readJson(this.spaceText).value ?? null;
  }

  get experiment() {
    const { value } = readJson(this.experimentText);
    return value && typeof value === "object" && !Array.isArray(value) ? value : null;
  }

  setExperiment(value) {
    this.experimentText = writeJson(value);
  }

  /** Takes a space as it was shipped or saved. */
  useSpace(name, text) {
    this.spaceName = name;
    this.spaceText = text;
    const { experiment } = this;
    if (!experiment) return;
    delete experiment.objectives;
    delete experiment.constraints;
    if (!experiment.name || experiment.name === "search") experiment.name = `${name}-search`;
    this.setExperiment(experiment);
  }

  /** Takes a text that a person wrote, pasted or uploaded: a space, or a whole experiment. */
  useText(text) {
    const { value } = readJson(text);
    if (value && typeof value === "object" && Object.hasOwn(value, "space")) {
      this.useExperiment(value);
      return "experiment";
    }

    this.spaceText = text;
    this.spaceName = null;
    return "space";
  }

  /** Takes a whole experiment; its space is a name or an object. */
  useExperiment(value) {
    const { space, $schema, ...rest } = value;
    this.setExperiment(rest);
    if (typeof space === "object") {
      this.spaceName = null;
      this.spaceText = writeJson(space);
    } else {
      this.spaceName = String(space).split("/").at(-1).replace(/\.json$/, "");
    }
  }

  /** Changes one value of the experiment, such as "search.evaluations"; undefined takes it out. */
  change(path, value) {
    const { experiment } = this;
    if (!experiment) return;
    const parts = path.split(".");
    const last = parts.pop();
    let place = experiment;
    for (const part of parts) {
      if (typeof place[part] !== "object" || place[part] === null) place[part] = {};
      place = place[part];
    }

    if (value === undefined) delete place[last];
    else place[last] = value;
    this.setExperiment(experiment);
  }

  read(path) {
    return path.split(".").reduce((place, part) => place?.[part], this.experiment);
  }

  /** Objectives or constraints: the experiment's own, else the space's. */
  goals(kind) {
    return this.experiment?.[kind] ?? this.space?.[kind] ?? [];
  }

  /** Gets the devices that objectives and limits name. */
  get deviceNames() {
    return [...new Set([...this.goals("objectives"), ...this.goals("constraints")].filter(item => item.metric === "latency").map(item => item.device ?? "local"))];
  }

  /** Says what stands behind the names of attached devices, where nothing is said. */
  attach(devices) {
    const forms = this.read("profile.devices") ?? {};
    const missing = this.deviceNames.filter(name => name !== "local" && forms[name] === undefined)
      .map(name => devices.find(device => device.name === name)).filter(device => device?.form);
    if (missing.length) this.change("profile.devices", { ...forms, ...Object.fromEntries(missing.map(device => [device.name, device.form])) });
  }

  /** The experiment as it would be started; null while a text cannot be read. */
  whole(fileOf) {
    const { experiment } = this;
    const space = this.spaceName ? fileOf(this.spaceName) : this.space;
    return experiment && space ? { ...experiment, space } : null;
  }
}
