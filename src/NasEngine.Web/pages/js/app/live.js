// Server-sent events. One stream for the page in view: browsers allow six connections to a host, so tabs in the background hold none.

import { address, query } from "./client.js";

const retryAfter = 3000;

/**
 * Opens the stream of a page. Calls handler(type, data) for every event, and handler("catch-up") whenever events may have been missed.
 * Gives a function that closes it.
 */
export function listen(interest, handler, whenStateChanges = () => {}) {
  let source = null;
  let timer = 0;
  let wasOpen = false;

  const open = () => {
    if (source || document.hidden) return;
    source = new EventSource(address(`/events${query(interest)}`));
    source.onopen = () => {
      whenStateChanges("live");
      if (wasOpen) handler("catch-up", {});
      wasOpen = true;
    };
    source.onerror = () => {
      whenStateChanges("away");
      if (source?.readyState === EventSource.CLOSED) {
        close();
        timer = setTimeout(open, retryAfter);
      }
    };
    for (const type of ["job", "run", "progress", "console", "device", "worker", "queue"]) {
      source.addEventListener(type, event => handler(type, read(event.data)));
    }
  };
  const close = () => {
    clearTimeout(timer);
    source?.close();
    source = null;
  };
  const whenVisibilityChanges = () => (document.hidden ? close() : open());

  document.addEventListener("visibilitychange", whenVisibilityChanges);
  open();
  return () => {
    document.removeEventListener("visibilitychange", whenVisibilityChanges);
    close();
  };
}

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {}; // an event without readable data still says that something changed
  }
}
