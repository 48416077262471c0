// Small pictures, drawn with the colour of the text beside them. They mean nothing to a screen reader: the text says it.

import { svg } from "../dom/h.js";

const paths = {
  brand: "M3 17C5 8 9 4 17 3M4 14.5a1 1 0 1 0 .1 0M8 8.5a1 1 0 1 0 .1 0M14.500 4a1 1 0 1 0 .1 0",
  menu: "M3 5h14M3 10h14M3 15h14",
  overview: "M3 3h6v6H3zM11 3h6v4h-6zM11 10h6v7h-6zM3 12h6v5H3z",
  plus: "M10 4v12M4 10h12",
  runs: "M3 16l4-6 4 3 6-9M3 3v14h14",
  compare: "M3 15c1-6 4-9 12-10M5 17c1-4 5-7 12-8",
  spaces: "M10 3l7 4-7 4-7-4zM3 11l7 4 7-4M3 14.500l7 4 7-4",
  predictors: "M3 17L17 3M6 8a1 1 0 1 0 .1 0M9 13a1 1 0 1 0 .1 0M14 9a1 1 0 1 0 .1 0",
  jobs: "M4 5h12M4 10h12M4 15h8",
  recurring: "M4 10a6 6 0 0 1 10.500-4M16 10a6 6 0 0 1-10.500 4M14.500 2.500V6H11M5.500 17.500V14H9",
  servers: "M3 4h14v5H3zM3 11h14v5H3zM6 6.500h.1M6 13.500h.1",
  devices: "M6 2h8v16H6zM9 15.500h2",
  note: "M4 3h12v9l-5 5H4zM11 17v-5h5M7 7h6M7 10h3",
  settings: "M3 6h8M15 6h2M3 14h2M9 14h8M11 4v4h4V4zM5 12v4h4v-4z",
};

/** Gives the picture of a name. */
export function icon(name) {
  return svg("svg", { class: "picture", viewBox: "0 0 20 20", width: 18, height: 18, "aria-hidden": "true", fill: "none", stroke: "currentColor", "stroke-width": 1.6, "stroke-linecap": "round", "stroke-linejoin": "round" },
    svg("path", { d: paths[name] }));
}
