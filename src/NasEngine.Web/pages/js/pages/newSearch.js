// A new search: a space, what is wanted, on which devices, for how much work. Everything is checked while it is written.

import { get, mayAct, post } from "../app/client.js";
import { go } from "../app/router.js";
import { h, list } from "../dom/h.js";
import { writeJson } from "../format/json.js";
import { count, spaceSize } from "../format/numbers.js";
import { field, select, textInput } from "../ui/field.js";
import { goToLine, jsonEditor, readTextFile } from "../ui/jsonEditor.js";
import { pageHead, panel } from "../ui/panel.js";
import { toast } from "../ui/toast.js";
import { Checks } from "./search/checks.js";
import { Draft } from "./search/draft.js";
import { limitRows, objectiveRows } from "./search/goals.js";
import { deviceForms } from "./search/deviceForms.js";

const algorithms = ["nsga-ii", "nsga-iii", "aging-evolution", "local-search", "hat-evolution", "bo", "linas", "auto", "random", "successive-halving"];
const spaceLabel = "Search space as JSON";
const experimentLabel = "Experiment as JSON";

export async function open(page) {
  page.title("New search");
  const [spaces, devices] = await Promise.all([page.get("/spaces"), page.get("/devices").catch(() => ({ items: [] }))]);
  const state = { page, spaces: spaces.items, devices: devices.items, draft: new Draft(), isStarting: false, isWanted: false, draw: () => page.show(view(state)) };
  state.fileOf = name => state.spaces.find(space => space.name === name || space.file === name)?.file ?? name;
  state.checks = new Checks(page, () => {
    state.draw();
    if (state.isWanted) start(state);
  });
  state.changed = () => {
    state.draft.attach(state.devices);
    state.checks.request(state.draft, state.fileOf);
    state.draw();
  };
  await begin(state);
  state.draft.attach(state.devices);
  state.checks.request(state.draft, state.fileOf, { now: true });
  state.draw();
}

async function begin({ page, spaces, draft }) {
  const run = page.query.get("run");
  if (run) draft.useExperiment((await page.get(`/runs/${encodeURIComponent(run)}`)).experiment);
  else draft.spaceName = page.query.get("space") ?? (spaces.find(space => space.family !== "table" && (space.objectives ?? []).some(objective => objective.device)) ?? spaces.find(space => space.family !== "table"))?.name ?? spaces[0]?.name ?? null;
  if (draft.spaceName && !draft.spaceText) {
    const { json } = await page.get(`/spaces/${encodeURIComponent(draft.spaceName)}`);
    if (run) draft.spaceText = textOf(json);
    else draft.useSpace(draft.spaceName, textOf(json));
  }

  const limit = page.query.get("limit")?.match(/^([a-z]+)(?:@([^:]+))?:(.+)$/);
  if (limit) {
    const units = { latency: " ms", memory: " B" };
    const others = draft.goals("constraints").filter(item => item.metric !== limit[1] || (item.device ?? "local") !== (limit[2] ?? "local"));
    draft.change("constraints", [...others, { metric: limit[1], ...(limit[2] && { device: limit[2] }), max: units[limit[1]] ? limit[3] + units[limit[1]] : Number(limit[3]) }]);
  }
}

const textOf = json => (typeof json === "string" ? json : writeJson(json)).trimEnd();

function view(state) {
  const { draft, devices, changed, checks } = state;
  return list(
    pageHead("New search", { note: "A search space says which networks there are; the experiment says what is done with them." }),
    h("form", { onsubmit: event => { event.preventDefault(); start(state); } },
      h("div", { class: "columns" },
        panel("Space", spacePart(state), { size: "half" }),
        h("div", { class: "half stack" },
          panel("Name", h("div", { class: "form-grid" },
            field("Name of the run", textInput(draft.read("name"), value => { draft.change("name", value.trim() || undefined); changed(); }, { maxlength: 64 })),
            number(state, "Seed", "seed", { min: 0 }))),
          panel("Objectives", objectiveRows(draft, devices, changed)),
          panel("Limits", limitRows(draft, devices, changed)),
          panel("Devices", deviceForms(draft, devices, changed)),
          panel("Budget", h("div", { class: "form-grid" },
            number(state, "Training steps", "train.steps", { min: 1 }),
            field("Algorithm", select(draft.read("search.algorithm") ?? "nsga-ii", algorithms, value => { draft.change("search.algorithm", value); draft.change("search.options", undefined); changed(); })),
            number(state, "Networks to predict", "search.evaluations", { min: 1, max: 10_000_000 }),
            number(state, "Networks to verify, at most", "search.verify", { min: 1, max: 10_000 }))),
          panel("Everything else", h("details", { key: "experiment", open: checks.experiment.errors.length > 0 },
            h("summary", null, "The experiment as JSON, without its space"),
            jsonEditor("experiment", { text: draft.experimentText, label: experimentLabel, rows: 16, faulty: lines(checks.experiment), oninput: text => { draft.experimentText = text; changed(); } }),
            faults(checks.experiment, experimentLabel))))),
      startBar(state)));
}

function spacePart(state) {
  const { draft, spaces, checks, changed } = state;
  const choices = [...(draft.spaceName ? [] : [["", "Your own"]]), ...spaces.filter(space => space.family !== "table").map(space => [space.name, `${space.name} (${space.family}, ${spaceSize(space.size)})`])];
  return list(
    h("div", { class: "filters" },
      field("Start from", select(draft.spaceName ?? "", choices, async name => {
        const answer = name && await state.page.act(() => get(`/spaces/${encodeURIComponent(name)}`));
        if (!answer) return;
        draft.useSpace(name, textOf(answer.json));
        changed();
      })),
      h("label", { class: "button", for: "space-file" }, "Upload JSON…"),
      h("input", { id: "space-file", type: "file", accept: ".json,application/json", class: "hidden-text", onchange: event => upload(state, event.target) })),
    jsonEditor("space", {
      text: draft.spaceText, label: spaceLabel, rows: 30, faulty: lines(checks.space),
      oninput: text => {
        if (draft.useText(text) === "experiment") toast("This is a whole experiment: its space is here, the rest beside it.");
        changed();
      },
    }),
    h("div", { class: "verdict", role: "status" },
      checks.space.isChecking ? h("span", { class: "note" }, "Checking…")
        : checks.space.valid && !checks.space.errors.length ? [h("b", { class: "good-text" }, `${spaceSize(checks.space.size)} networks`), checks.space.genes ? h("span", { class: "note" }, `${count(genesOf(checks.space))} genes`) : null]
          : h("b", { class: "bad-text" }, `${count(checks.space.errors.length)} ${checks.space.errors.length === 1 ? "fault" : "faults"}`)),
    faults(checks.space, spaceLabel));
}

const genesOf = ({ genes }) => (Array.isArray(genes) ? genes.length : genes);

const lines = check => new Set(check.errors.map(error => error.line));

function faults(check, label) {
  return check.errors.length > 0 && h("ul", { class: "faults" }, check.errors.map(error => h("li", null,
    h("button", { type: "button", onclick: () => goToLine(label, error.line ?? 1) }, `${error.path ?? "$"}, line ${error.line ?? 1}`), error.message)));
}

function number({ draft, changed }, label, path, attributes) {
  return field(label, textInput(draft.read(path) ?? "", value => {
    draft.change(path, value === "" ? undefined : Number(value));
    changed();
  }, { type: "number", step: 1, ...attributes }));
}

async function upload(state, input) {
  const text = await readTextFile(input.files[0]);
  input.value = "";
  if (text === null) return;
  const what = state.draft.useText(text);
  if (what === "experiment" && state.draft.spaceName) {
    const answer = await state.page.act(() => get(`/spaces/${encodeURIComponent(state.draft.spaceName)}`));
    if (answer) state.draft.spaceText = textOf(answer.json);
  }

  toast(what === "experiment" ? "The experiment was read." : "The space was read.");
  state.changed();
}

// The buttons have keys: a press that began on one must end on the same, though another appears beside it meanwhile.
function startBar(state) {
  const { checks, isStarting } = state;
  const { experiment } = checks;
  const faultCount = checks.space.errors.length + experiment.errors.length;
  return h("div", { class: "start-bar" },
    h("span", { class: "grow", role: "status" },
      checks.space.isChecking ? "Checking…"
        : checks.isFine ? [experiment.runId && ["Run ", h("code", null, experiment.runId), ": "], workOf(experiment)]
          : `${count(faultCount)} ${faultCount === 1 ? "fault" : "faults"} to mend before this can start.`,
      !mayAct() && " Your token lets you look only: starting needs one with the role actor."),
    mayAct() && !checks.space.isChecking && checks.space.valid && !state.draft.spaceName && h("button", { key: "save", type: "button", class: "button", onclick: () => saveSpace(state) }, "Save the space"),
    h("button", { key: "start", type: "submit", class: "button primary", disabled: (!checks.isFine && !checks.isChecking) || isStarting || !mayAct() }, isStarting || state.isWanted ? "Starting…" : "Start the search"));
}

// What a checked experiment would do, in words.
function workOf({ steps, evaluations, verify, devices }) {
  return [
    Number.isFinite(steps) && `${count(steps)} training steps`,
    Number.isFinite(evaluations) && `${count(evaluations)} networks predicted`,
    Number.isFinite(verify) && `at most ${count(verify)} verified`,
    devices?.length > 0 && `measured on ${devices.join(", ")}`,
  ].filter(Boolean).join(", ");
}

async function saveSpace(state) {
  await state.page.act(() => post("/spaces", { json: state.draft.spaceText }), "The space was saved.");
  state.spaces = (await state.page.get("/spaces")).items;
  state.draw();
}

// What is being checked is started as soon as nothing is wrong with it.
async function start(state) {
  state.isWanted = state.checks.isChecking;
  if (!state.checks.isFine || state.isStarting) {
    state.draw();
    return;
  }

  state.isStarting = true;
  state.draw();
  const answer = await state.page.act(() => post("/runs", { experiment: state.draft.whole(state.fileOf) }), "The search was started.");
  state.isStarting = false;
  if (answer) go(`/runs/${encodeURIComponent(answer.runId)}`);
  else state.draw();
}
