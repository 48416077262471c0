// What stands behind each device's name in the experiment.

import { h } from "../../dom/h.js";
import { field, select } from "../../ui/field.js";

/** One row for every device that objectives and limits name. */
export function deviceForms(draft, devices, changed) {
  const names = draft.deviceNames;
  const forms = draft.read("profile.devices") ?? {};
  if (names.length === 0) return h("p", { class: "note" }, "No objective or limit needs a device.");
  const attached = [...devices.filter(device => device.form && device.form !== "local").map(device => [device.form, `${device.name}, ${device.form} (${device.state})`])];
  return h("div", { class: "rows" }, names.map(name => {
    const form = forms[name] ?? "";
    const known = [["", name === "local" ? "the machine that the worker runs on" : `the device called ${name}`], ...attached];
    const choices = known.some(([value]) => value === form) ? known : [...known, [form, form]];
    const change = value => {
      const next = { ...forms };
      if (value === "") delete next[name];
      else next[name] = value;
      draft.change("profile.devices", Object.keys(next).length ? next : undefined);
      changed();
    };
    return field(`${name} is measured on`, select(form, choices, change));
  }));
}
