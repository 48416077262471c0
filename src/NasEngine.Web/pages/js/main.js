// Starts the pages: who asks, which page the address names, and the frame around it.

import { currentSession, get, loadSession, whenSignedOut } from "./app/client.js";
import { Page } from "./app/page.js";
import { go, match, startRouting } from "./app/router.js";
import { routes } from "./app/routes.js";
import { closeMenu, drawShell, showCounts, status } from "./app/shell.js";
import { clear } from "./dom/patch.js";
import { refreshTimes } from "./format/times.js";

const main = document.getElementById("main");
const countsEvery = 10_000;
let current = null;
let currentPath = null;

whenSignedOut(() => {
  if (location.pathname !== "/login") go(`/login?to=${encodeURIComponent(location.pathname + location.search)}`, { replace: true });
});

async function navigate({ keepScroll = false, scroll = 0 } = {}) {
  const found = match(routes, location.pathname);
  const isSamePage = currentPath === location.pathname;
  const isFirst = currentPath === null;
  current?.end();
  const page = new Page(main, found?.params ?? {}, status);
  current = page;
  if (!isSamePage) {
    clear(main);
    main.setAttribute("aria-busy", "true");
  }

  currentPath = location.pathname;
  document.getElementById("app").classList.toggle("bare", location.pathname === "/login");
  closeMenu();
  drawShell();
  if (!found) {
    page.fail({ status: 404, message: `Nothing answers to ${location.pathname}.` });
    return;
  }

  try {
    const module = await found.route.load();
    if (page.isOpen) await module.open(page);
  } catch (problem) {
    if (problem.name !== "AbortError" && page.isOpen) page.fail(problem);
  }

  if (page.isOpen) main.querySelector(".tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  if (page.isOpen && !keepScroll) scrollTo(0, scroll);
  if (page.isOpen && !isFirst && !isSamePage && !keepScroll && document.activeElement?.closest(".side, .top") === null) main.focus({ preventScroll: true });
}

async function refreshCounts() {
  if (document.hidden || location.pathname === "/login") return;
  try {
    showCounts(await get("/status", { quiet: true }));
  } catch {
    status.set("away"); // the next attempt, or the stream, says when the service is back
  }
}

match(routes, location.pathname)?.route.load().catch(() => {}); // on its way while it is asked who asks; navigate() hears of a failure
startRouting(navigate);
addEventListener("nas:counts", event => showCounts(event.detail));
setInterval(refreshTimes, 5000);
setInterval(refreshCounts, countsEvery);

try {
  await loadSession();
  if (!currentSession() && location.pathname !== "/login") history.replaceState({}, "", `/login?to=${encodeURIComponent(location.pathname + location.search)}`);
} catch {
  status.set("away");
}

const counting = currentSession() ? refreshCounts() : null;
await navigate();
await counting;
