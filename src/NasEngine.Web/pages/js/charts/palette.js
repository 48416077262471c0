// The page's colours for charts, read anew when the colour scheme changes.

const names = ["ink", "muted", "line", "grid", "faded", "paper", "raised", "accent", "orange", "green", "red", "violet", "teal"];
let cached = null;

/** The colours in view now. */
export function palette() {
  if (cached) return cached;
  const probe = document.createElement("i");
  probe.hidden = true;
  document.body.append(probe);
  cached = {};
  for (const name of names) {
    probe.style.color = `var(--${name})`;
    cached[name] = getComputedStyle(probe).color;
  }

  probe.remove();
  cached.series = [cached.accent, cached.orange, cached.green, cached.violet, cached.teal, cached.red];
  return cached;
}

/** Calls back when the colours change; gives a function that ends it. */
export function whenColoursChange(handler) {
  const media = matchMedia("(prefers-color-scheme: dark)");
  const change = () => {
    cached = null;
    handler();
  };
  media.addEventListener("change", change);
  addEventListener("nas:theme", change);
  return () => {
    media.removeEventListener("change", change);
    removeEventListener("nas:theme", change);
  };
}
