// Robust statistics of block times. Plain arrays of numbers in, numbers out; nothing here knows what was measured.

/** Median of a list that is not empty; the mean of the middle two for an even count. */
export function median(values) {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Two order statistics that enclose the median of the distribution with at least 95 %, whatever its shape.
 * Below six values no two do; then the smallest and the largest are given.
 */
export function medianInterval(values) {
  const sorted = Float64Array.from(values).sort();
  const n = sorted.length;
  let rank = 0;
  let tail = Math.pow(0.5, n); // P(Binomial(n, 1/2) <= rank)
  let term = tail;
  while (2 * tail <= 0.05) {
    rank++;
    term *= (n - rank + 1) / rank;
    tail += term;
  }
  const low = Math.max(rank - 1, 0);
  return { low: sorted[low], high: sorted[n - 1 - low] };
}

/** Seeded generator of numbers in [0, 1): the same seed gives the same order of measuring on every engine. */
export function seededRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A shuffled copy (Fisher-Yates). */
export function shuffled(values, random) {
  const copy = [...values];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [copy[i], copy[j]] = [copy[j], copy[i]];
  }
  return copy;
}
