// Brings what is shown to what should be shown, touching only what differs: focus, selection, scroll positions and open
// details survive a refresh.

import { startWidgets, stopWidgets, sameWidget, updateWidget } from "./widget.js";

/** Makes the children of a host equal to the given node's (or the node itself, unless it is a fragment). */
export function show(host, content) {
  const next = document.createElement("div");
  next.append(content);
  patchChildren(host, next);
  startWidgets(host);
}

/** Removes everything in a host, and stops what ran in it. */
export function clear(host) {
  stopWidgets(host);
  host.replaceChildren();
}

function patchChildren(parent, next) {
  const keyed = new Map();
  for (const child of parent.childNodes) {
    if (child.nasKey !== undefined) keyed.set(child.nasKey, child);
  }

  let current = parent.firstChild;
  for (const wanted of [...next.childNodes]) {
    let match = null;
    if (wanted.nasKey !== undefined) {
      match = keyed.get(wanted.nasKey) ?? null;
      if (match && !isSame(match, wanted)) match = null;
    } else if (current && current.nasKey === undefined && isSame(current, wanted)) {
      match = current;
    }

    if (!match) {
      parent.insertBefore(wanted, current);
      continue;
    }

    if (match === current) {
      current = current.nextSibling;
    } else {
      parent.insertBefore(match, current);
    }

    patchNode(match, wanted);
  }

  while (current) {
    const following = current.nextSibling;
    stopWidgets(current);
    current.remove();
    current = following;
  }
}

function isSame(node, wanted) {
  return node.nodeType === wanted.nodeType && node.nodeName === wanted.nodeName && node.nasKey === wanted.nasKey && sameWidget(node, wanted)
    && (node.localName !== "input" || node.type === wanted.type);
}

function patchNode(node, wanted) {
  if (node.nodeType === Node.TEXT_NODE) {
    if (node.data !== wanted.data) node.data = wanted.data;
    return;
  }

  if (node.nodeType !== Node.ELEMENT_NODE) return;
  patchAttributes(node, wanted);
  patchHandlers(node, wanted);
  if (node.nasWidget) {
    updateWidget(node, wanted);
    return;
  }

  patchChildren(node, wanted);
  patchProperties(node, wanted);
}

function patchAttributes(node, wanted) {
  for (const { name } of [...node.attributes]) {
    if (!wanted.hasAttribute(name) && !node.nasWidget && name !== "style" && !(name === "open" && node.localName === "details")) node.removeAttribute(name);
  }

  for (const { name, value } of wanted.attributes) {
    if (name !== "style" && node.getAttribute(name) !== value) node.setAttribute(name, value);
  }

  for (const name of Object.keys(node.nasStyle ?? {})) {
    if (wanted.nasStyle?.[name] === undefined) node.style[name] = "";
  }

  if (wanted.nasStyle) Object.assign(node.style, wanted.nasStyle);
  node.nasStyle = wanted.nasStyle;
}

function patchHandlers(node, wanted) {
  const before = node.nasHandlers ?? {};
  const after = wanted.nasHandlers ?? {};
  for (const name of Object.keys(before)) {
    if (!(name in after)) node[name] = null;
  }

  for (const [name, handler] of Object.entries(after)) node[name] = handler;
  node.nasHandlers = after;
}

// A value is written only when the page itself wants another one than before: what a person types meanwhile stays.
function patchProperties(node, wanted) {
  const before = node.nasProps ?? {};
  const after = wanted.nasProps ?? {};
  for (const [name, value] of Object.entries(after)) {
    const isTyping = name === "value" && document.activeElement === node && before[name] === value;
    if (!isTyping && node[name] !== value && (before[name] !== value || name !== "open")) node[name] = value;
  }

  node.nasProps = after;
}
