// Elements as function calls. Handlers are properties and styles go through the object model: the content security policy
// allows neither inline handlers nor style attributes.

const svgNamespace = "http://www.w3.org/2000/svg";
const asProperty = new Set(["value", "checked", "disabled", "selected", "indeterminate", "readOnly", "multiple", "open", "hidden", "required"]);

/** Builds an HTML element. Children may be nodes, texts, numbers, nested lists; null, undefined and false are left out. */
export function h(tag, props, ...children) {
  return build(document.createElement(tag), props, children);
}

/** Builds an SVG element. */
export function svg(tag, props, ...children) {
  return build(document.createElementNS(svgNamespace, tag), props, children);
}

/** Gathers children without an element of their own. */
export function list(...children) {
  const fragment = document.createDocumentFragment();
  append(fragment, children);
  return fragment;
}

function build(element, props, children) {
  element.nasHandlers = {};
  element.nasProps = {};
  for (const [name, value] of Object.entries(props ?? {})) set(element, name, value);
  append(element, children);
  // A select knows its value only once its options are there.
  if (element.localName === "select" && props?.value !== undefined) element.value = props.value;
  return element;
}

function set(element, name, value) {
  if (name === "key") {
    element.nasKey = value;
  } else if (name.startsWith("on")) {
    if (value) {
      element[name.toLowerCase()] = value;
      element.nasHandlers[name.toLowerCase()] = value;
    }
  } else if (name === "style") {
    Object.assign(element.style, value);
    element.nasStyle = value;
  } else if (asProperty.has(name) && element.namespaceURI !== svgNamespace && !(element.localName === "progress" || element.localName === "li")) {
    const wanted = name === "value" ? String(value ?? "") : Boolean(value);
    element[name] = wanted;
    element.nasProps[name] = wanted;
  } else if (value === true) {
    element.setAttribute(name, "");
  } else if (value !== null && value !== undefined && value !== false) {
    element.setAttribute(name, value);
  }
}

function append(parent, children) {
  for (const child of children) {
    if (Array.isArray(child)) {
      append(parent, child);
    } else if (child instanceof Node) {
      parent.append(child);
    } else if (child !== null && child !== undefined && child !== false && child !== true) {
      parent.append(String(child));
    }
  }
}
