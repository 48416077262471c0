// JSON as people write it: what fits on a line stands on one.

const widest = 100;

/** Writes a value with two blanks an indent; short lists and objects stay on one line. */
export function writeJson(value, indent = "") {
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  const isList = Array.isArray(value);
  const entries = isList ? value.map(item => ["", item]) : Object.entries(value).filter(([, item]) => item !== undefined).map(([key, item]) => [`${JSON.stringify(key)}: `, item]);
  const [open, close] = isList ? "[]" : "{}";
  if (entries.length === 0) return open + close;
  const flat = inline(value);
  if (indent !== "" && flat.length + indent.length <= widest) return flat;
  const inner = `${indent}  `;
  return `${open}\n${entries.map(([key, item]) => inner + key + writeJson(item, inner)).join(",\n")}\n${indent}${close}`;
}

function inline(value) {
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) return `[${value.map(inline).join(", ")}]`;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return entries.length ? `{ ${entries.map(([key, item]) => `${JSON.stringify(key)}: ${inline(item)}`).join(", ")} }` : "{}";
}
