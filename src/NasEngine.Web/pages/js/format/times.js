// Instants and spans as people read them.

import { h } from "../dom/h.js";

const dateAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });
const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });

/** "12 s ago", "in 3 min", "5 d ago". */
export function relative(instant, now = Date.now()) {
  if (!instant) return "–";
  const seconds = (Date.parse(instant) - now) / 1000;
  const size = Math.abs(seconds);
  if (size < 2) return "now";
  const text = size < 60 ? `${Math.round(size)} s`
    : size < 3600 ? `${Math.round(size / 60)} min`
    : size < 86400 ? `${Math.round(size / 3600)} h`
    : `${Math.round(size / 86400)} d`;
  return seconds < 0 ? `${text} ago` : `in ${text}`;
}

// Recordings that say nothing of when they were taken hold the beginning of the calendar of computers.
const isKnown = instant => instant && Date.parse(instant) > 0;

/** An instant as an element: relative to read, exact to hover. */
export function ago(instant) {
  return isKnown(instant) ? h("time", { datetime: instant, title: exact(instant), "data-ago": "" }, relative(instant)) : "–";
}

export function exact(instant) {
  return instant ? dateAndTime.format(new Date(instant)) : "–";
}

export function timeOfDay(instant) {
  return clock.format(new Date(instant));
}

/** "850 ms", "12.3 s", "4 min 5 s", "2 h 10 min". */
export function span(milliseconds) {
  if (!Number.isFinite(milliseconds) || milliseconds < 0) return "–";
  const seconds = milliseconds / 1000;
  if (seconds < 1) return `${Math.round(milliseconds)} ms`;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

/** The time between two instants; up to now without a second one. */
export function between(start, end) {
  return start ? span((end ? Date.parse(end) : Date.now()) - Date.parse(start)) : "–";
}

/** Keeps the relative times of a page true while it is open. */
export function refreshTimes() {
  for (const element of document.querySelectorAll("time[data-ago]")) {
    const text = relative(element.getAttribute("datetime"));
    if (element.textContent !== text) element.textContent = text;
  }
}
