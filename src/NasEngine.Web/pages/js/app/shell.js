// The frame around every page: brand, navigation, colour scheme, who is signed in, whether events arrive.

import { h, list } from "../dom/h.js";
import { show } from "../dom/patch.js";
import { currentSession, signOut } from "./client.js";
import { go } from "./router.js";
import { icon } from "../ui/icon.js";
import { count } from "../format/numbers.js";
import { rememberWorkers } from "../format/workers.js";

const groups = [
  [null, [["/", "Overview", "overview"], ["/new", "New search", "plus"]]],
  ["Search", [["/runs", "Runs", "runs"], ["/compare", "Compare", "compare"], ["/spaces", "Spaces", "spaces"], ["/predictors", "Predictors", "predictors"]]],
  ["Work", [["/jobs", "Jobs", "jobs"], ["/recurring", "Recurring", "recurring"], ["/servers", "Servers", "servers"], ["/devices", "Devices", "devices"]]],
  [null, [["/settings", "Settings", "settings"]]],
];
const themes = { auto: "As the system", light: "Light", dark: "Dark" };

let connection = "";
let counts = null;
const theme = () => document.documentElement.dataset.theme ?? "auto";

/** The state of the event stream, shown in the top bar. */
export const status = {
  set(state) {
    connection = state;
    drawTop();
  },
};

/** Shows how much is going on beside the pages' names. */
export function showCounts(next) {
  counts = next;
  rememberWorkers(next.workers);
  drawSide();
}

/** Draws the frame for the address in view. */
export function drawShell() {
  drawTop();
  drawSide();
}

export function closeMenu() {
  document.getElementById("app").classList.remove("menu-open");
  drawTop();
}

function drawTop() {
  const session = currentSession();
  const isOpen = document.getElementById("app").classList.contains("menu-open");
  show(document.getElementById("top"), list(
    h("button", { type: "button", class: "icon menu", "aria-label": "Menu", "aria-expanded": String(isOpen), "aria-controls": "side", onclick: toggleMenu }, icon("menu")),
    h("a", { href: "/", class: "brand" }, icon("brand"), h("span", null, "NasEngine")),
    h("span", { class: "grow" }),
    connection === "away" && h("span", { class: "away", role: "status" }, "Reconnecting…"),
    connection === "live" && h("span", { class: "live", title: "Changes appear as they happen" }, h("i", { class: "dot" }), h("span", { class: "wide-only" }, "Live")),
    h("label", { class: "theme" }, h("span", { class: "hidden-text" }, "Colour scheme"),
      h("select", { value: theme(), onchange: event => chooseTheme(event.target.value) },
        Object.entries(themes).map(([value, text]) => h("option", { value, selected: value === theme() }, text)))),
    session?.role === "viewer" && h("span", { class: "note", title: "Your token has the role viewer" }, "View only"),
    session?.authRequired && session.role && h("button", { type: "button", class: "button quiet", onclick: leave }, "Sign out")));
}

function drawSide() {
  const path = location.pathname;
  show(document.getElementById("side"), list(groups.map(([title, items]) => list(
    title && h("h2", { class: "side-title" }, title),
    h("ul", null, items.map(([href, text, picture]) => h("li", null, h("a", { href, "aria-current": isCurrent(href, path) ? "page" : null },
      icon(picture), h("span", { class: "grow" }, text), badge(href)))))))));
}

function badge(href) {
  if (!counts) return null;
  const failed = counts.jobs?.failed ?? 0;
  const going = counts.jobs?.processing ?? 0;
  if (href === "/jobs" && failed > 0) return h("span", { class: "pill bad", title: `${failed} failed` }, count(failed), h("span", { class: "hidden-text" }, " failed"));
  if (href === "/jobs" && going > 0) return h("span", { class: "pill", title: `${going} processing` }, count(going), h("span", { class: "hidden-text" }, " processing"));
  if (href === "/runs" && counts.runs?.running > 0) return h("span", { class: "pill" }, count(counts.runs.running), h("span", { class: "hidden-text" }, " running"));
  if (href === "/devices" && counts.devices?.online > 0) return h("span", { class: "pill" }, count(counts.devices.online), h("span", { class: "hidden-text" }, " online"));
  return null;
}

function isCurrent(href, path) {
  return href === "/" ? path === "/" : path === href || path.startsWith(`${href}/`);
}

function toggleMenu() {
  document.getElementById("app").classList.toggle("menu-open");
  drawTop();
}

function chooseTheme(value) {
  if (value === "auto") {
    localStorage.removeItem("nas.theme");
    delete document.documentElement.dataset.theme;
  } else {
    localStorage.setItem("nas.theme", value);
    document.documentElement.dataset.theme = value;
  }

  dispatchEvent(new CustomEvent("nas:theme"));
}

async function leave() {
  await signOut();
  go("/login");
}
