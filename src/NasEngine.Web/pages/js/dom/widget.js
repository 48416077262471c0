// Parts of a page that keep a life of their own between two refreshes, such as charts and editors.

import { h } from "./h.js";

/**
 * Describes a widget. A kind is { name, create(host, props) } and gives { update(props), dispose() }.
 * It is created once its element is in the page, updated when the page is shown again, and disposed when the element goes.
 */
export function widget(kind, props, attributes) {
  const host = h("div", { ...attributes, "data-widget": kind.name });
  host.nasWidget = { kind, props, instance: null };
  return host;
}

/** Creates the widgets under a host that have not been created. */
export function startWidgets(host) {
  for (const element of host.querySelectorAll("[data-widget]")) {
    const own = element.nasWidget;
    if (own && !own.instance) own.instance = own.kind.create(element, own.props);
  }
}

/** Disposes the widgets in a subtree that is about to go. */
export function stopWidgets(node) {
  if (node.nodeType !== Node.ELEMENT_NODE) return;
  for (const element of [node, ...node.querySelectorAll("[data-widget]")]) {
    element.nasWidget?.instance?.dispose?.();
    if (element.nasWidget) element.nasWidget.instance = null;
  }
}

/** Tells whether two nodes are the same kind of widget, or none. */
export function sameWidget(node, wanted) {
  return node.nasWidget?.kind === wanted.nasWidget?.kind;
}

/** Hands the wanted widget's properties to the one that lives. */
export function updateWidget(node, wanted) {
  node.nasWidget.props = wanted.nasWidget.props;
  node.nasWidget.instance?.update(wanted.nasWidget.props);
}
