// Short messages that come and go.

import { h } from "../dom/h.js";

const shownFor = { good: 4500, bad: 9000 };

/** Says something in the corner; screen readers hear it too. */
export function toast(text, kind = "good") {
  const message = h("div", { class: `toast ${kind}` },
    h("span", null, text),
    h("button", { type: "button", class: "icon", "aria-label": "Close the message", onclick: () => message.remove() }, "×"));
  document.getElementById("toasts").append(message);
  setTimeout(() => message.remove(), shownFor[kind]);
}

/** Says something to screen readers alone. */
export function announce(text) {
  document.getElementById("announcer").textContent = text;
}
