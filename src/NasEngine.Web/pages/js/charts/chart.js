// One chart in a page: ECharts drawn in a canvas, with a text that says what it shows.

import { h } from "../dom/h.js";
import { widget } from "../dom/widget.js";
import { begin, load } from "./library.js";
import { palette, whenColoursChange } from "./palette.js";

const library = ["/lib/echarts.js", "echarts"];
begin(...library); // while the data of the page that imports this is on its way

/**
 * A chart with its words.
 * @param option A function of (colours, isNarrow, chart) that gives the ECharts option.
 * @param summary What the chart says, for those who do not see it.
 * @param note What a reader should know, under the chart.
 * @param events Handlers by ECharts event: (parameters, chart) => void.
 * @param after Called with the chart when the option was set or the chart changed size.
 * @param height In pixels, for charts whose height follows from what they show.
 * @param signature Where it is equal to the last one, nothing is drawn anew.
 */
export function chart({ key, option, summary, note, size = "", height, events, after, signature, alternative }) {
  return h("figure", { key },
    widget(kind, { option, events, after, signature, summary }, { class: `chart ${size}`, style: height && { height: `${height}px` } }),
    note && h("figcaption", { class: "chart-note" }, note),
    alternative);
}

/** The numbers of a chart as a table that can be unfolded. */
export function numbers(caption, heads, rows) {
  return h("details", null, h("summary", null, "Numbers"),
    h("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": caption }, h("table", { class: "table" },
      h("caption", { class: "hidden-text" }, caption),
      h("thead", null, h("tr", null, heads.map(head => h("th", { scope: "col" }, head)))),
      h("tbody", null, rows.map(row => h("tr", null, row.map(cell => h("td", null, cell))))))));
}

const kind = {
  name: "chart",
  create(host, first) {
    let props = first;
    let instance = null;
    let drawn;
    let isDisposed = false;
    const canvas = h("div", { class: "chart-canvas", role: "img", "aria-label": first.summary, "aria-busy": "true" });
    host.append(canvas);

    const draw = isForced => {
      if (!instance) return;
      if (!isForced && props.signature !== undefined && props.signature === drawn) return;
      drawn = props.signature;
      const colours = palette();
      instance.setOption(withDefaults(props.option(colours, host.clientWidth < 560, instance), colours), { notMerge: true });
      props.after?.(instance);
    };
    const resize = new ResizeObserver(() => {
      if (!instance || !host.clientWidth || (instance.getWidth() === host.clientWidth && instance.getHeight() === host.clientHeight)) return;
      instance.resize();
      draw(true);
    });
    const stopWatching = whenColoursChange(() => draw(true));

    load(...library).then(echarts => {
      if (isDisposed) return;
      instance = echarts.init(canvas, null, { renderer: "canvas" });
      instance.on("finished", () => canvas.removeAttribute("aria-busy"));
      for (const name of Object.keys(props.events ?? {})) instance.on(name, parameters => props.events?.[name]?.(parameters, instance));
      draw(true);
      resize.observe(host);
    }, () => {
      canvas.removeAttribute("aria-busy");
      canvas.textContent = "The chart library did not load; the numbers are in the tables.";
    });

    return {
      update(next) {
        props = next;
        canvas.setAttribute("aria-label", next.summary);
        draw(false);
      },
      dispose() {
        isDisposed = true;
        resize.disconnect();
        stopWatching();
        instance?.dispose();
      },
    };
  },
};

// Tooltips are built from elements, never from markup: the content security policy forbids styles in markup.
function withDefaults(option, colours) {
  return {
    animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    animationDuration: 250,
    animationDurationUpdate: 250,
    textStyle: { color: colours.ink, fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif" },
    backgroundColor: "transparent",
    color: colours.series,
    ...option,
    tooltip: option.tooltip && {
      confine: true, backgroundColor: colours.raised, borderColor: colours.line, padding: 8, textStyle: { color: colours.ink, fontSize: 12 }, transitionDuration: 0,
      ...option.tooltip,
    },
  };
}

/** An axis in the page's colours. */
export function axis(colours, name, { isVertical = false, narrow = false, ...more } = {}) {
  return {
    type: "value", name, nameLocation: "middle", nameGap: isVertical ? 42 : 28, scale: true,
    nameTextStyle: { color: colours.muted, fontSize: 12 },
    axisLine: { show: !isVertical, lineStyle: { color: colours.line } },
    axisTick: { show: false },
    axisLabel: { color: colours.muted, fontSize: narrow ? 11 : 12, hideOverlap: true },
    splitLine: { lineStyle: { color: colours.grid } },
    ...more,
  };
}

/** A legend in the page's colours, on top. */
export function legend(colours, names) {
  return { top: 0, left: 0, type: "scroll", icon: "circle", itemWidth: 10, itemHeight: 10, itemGap: 16, textStyle: { color: colours.muted, fontSize: 12 }, pageTextStyle: { color: colours.muted }, data: names };
}

/** A tooltip's content: a title and lines. */
export function tip(title, lines, code) {
  return h("div", { class: "tip" }, title && h("b", null, title), lines.map(line => h("div", null, line)), code && h("span", { class: "mono" }, code));
}
