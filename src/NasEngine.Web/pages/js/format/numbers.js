// Numbers as people read them.

const grouped = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

/** 12,345. */
export function count(value) {
  return isNumber(value) ? grouped.format(value) : "–";
}

/** Three to four digits that matter: 0.0289, 3.417, 205.6. */
export function significant(value, digits = 3) {
  if (!isNumber(value)) return "–";
  if (value === 0) return "0";
  const size = Math.floor(Math.log10(Math.abs(value)));
  return value.toFixed(Math.min(8, Math.max(0, digits - 1 - size)));
}

/** 84.9 %. */
export function percent(share, decimals = 1) {
  return isNumber(share) ? `${(100 * share).toFixed(decimals)} %` : "–";
}

/** 1.2 M, 205 K: counts with a letter. */
export function compact(value) {
  if (!isNumber(value)) return "–";
  for (const [letter, size] of [["G", 1e9], ["M", 1e6], ["K", 1e3]]) {
    if (Math.abs(value) >= size) return `${significant(value / size)} ${letter}`;
  }

  return significant(value);
}

/** The size of a space: exact while it can be read, then a power of ten. */
export function spaceSize(value) {
  const size = Number(value);
  if (!Number.isFinite(size)) return value ? String(value) : "–";
  if (size < 1e9) return grouped.format(size);
  const exponent = Math.floor(Math.log10(size));
  return `${(size / 10 ** exponent).toFixed(1)} · 10${superscript(exponent)}`;
}

/** 359 KiB. */
export function bytes(value) {
  if (!isNumber(value)) return "–";
  for (const [unit, size] of [["GiB", 2 ** 30], ["MiB", 2 ** 20], ["KiB", 2 ** 10]]) {
    if (value >= size) return `${significant(value / size)} ${unit}`;
  }

  return `${value} B`;
}

export function isNumber(value) {
  return typeof value === "number" && Number.isFinite(value);
}

/** "1 network", "3 networks". */
export function plural(number, one, many = `${one}s`) {
  return `${count(number)} ${number === 1 ? one : many}`;
}

function superscript(number) {
  return [...String(number)].map(digit => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit]).join("");
}
