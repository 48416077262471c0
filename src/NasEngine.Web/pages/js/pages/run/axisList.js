// A list of axes to tick and to put in order, by pointer and by keyboard.

import { h } from "../../dom/h.js";
import { count } from "../../format/numbers.js";
import { announce } from "../../ui/toast.js";

/** Lists the drawn axes in their order, then the others. onChange(axes) gets the axes to draw, or null for the usual ones. */
export function axisList({ axes, drawn, isChosen, onChange }) {
  const others = axes.filter(axis => !drawn.includes(axis));
  const move = (axis, from, to) => {
    const next = drawn.filter(other => other !== axis);
    next.splice(to, 0, axis);
    onChange(next);
    announce(`${axis.text} is axis ${to + 1} of ${next.length}`);
    // Its row has moved, and with it the button that was pressed; at an end the other button goes on.
    const row = document.getElementById(`axis-row-${to}`);
    const wanted = row?.querySelector(to < from ? ".axis-up" : ".axis-down");
    (wanted?.disabled ? row.querySelector("button:not(:disabled)") : wanted)?.focus();
  };
  const tick = (axis, isOn) => onChange(isOn ? [...drawn, axis] : drawn.filter(other => other !== axis));
  const box = (axis, isOn) => h("label", { class: "grow" }, h("input", { type: "checkbox", checked: isOn, onchange: event => tick(axis, event.target.checked) }), " ", axis.text);
  const arrow = (axis, from, to, kind, sign) => h("button", { type: "button", class: `icon axis-${kind}`, "aria-label": `Move ${axis.text} ${kind}`, disabled: to < 0 || to >= drawn.length, onclick: () => move(axis, from, to) }, sign);
  return h("details", { class: "axes" }, h("summary", null, `Axes: ${count(drawn.length)} of ${count(axes.length)}`),
    h("ol", { class: "axis-list", "aria-label": "Axes that are drawn, in their order" }, drawn.map((axis, index) => h("li", { key: axis.id, id: `axis-row-${index}` },
      box(axis, true), arrow(axis, index, index - 1, "up", "↑"), arrow(axis, index, index + 1, "down", "↓")))),
    others.length > 0 && h("ul", { class: "axis-list", "aria-label": "Axes that are not drawn" }, others.map(axis => h("li", { key: axis.id }, box(axis, false)))),
    h("button", { type: "button", class: "button", disabled: !isChosen, onclick: () => onChange(null) }, "Usual axes"),
    h("p", { class: "note" }, "Remembered in this browser for all runs of the space."));
}
