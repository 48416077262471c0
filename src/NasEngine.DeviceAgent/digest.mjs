// SHA-256 [FIPS 180-4]. Browsers have it for pages from https or the machine itself only; a phone in the same network has to do it here.

const firstPrimes = count => {
  const primes = [];
  for (let candidate = 2; primes.length < count; candidate++) {
    if (primes.every(prime => candidate % prime !== 0)) {
      primes.push(candidate);
    }
  }
  return primes;
};

/** The first 32 bits after the point. */
const fraction = value => ((value - Math.floor(value)) * 2 ** 32) | 0;

const roundConstants = Int32Array.from(firstPrimes(64), prime => fraction(Math.cbrt(prime)));
const initial = Int32Array.from(firstPrimes(8), prime => fraction(Math.sqrt(prime)));
const rotate = (word, by) => (word >>> by) | (word << (32 - by));

function padded(bytes) {
  const length = Math.ceil((bytes.length + 9) / 64) * 64;
  const result = new Uint8Array(length);
  result.set(bytes);
  result[bytes.length] = 0x80;
  const view = new DataView(result.buffer);
  view.setUint32(length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(length - 4, (bytes.length << 3) >>> 0);
  return view;
}

function addBlock(state, words, view, at) {
  for (let i = 0; i < 16; i++) {
    words[i] = view.getInt32(at + 4 * i);
  }
  for (let i = 16; i < 64; i++) {
    const early = words[i - 15];
    const late = words[i - 2];
    const s0 = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3);
    const s1 = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10);
    words[i] = words[i - 16] + s0 + words[i - 7] + s1;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i++) {
    const t1 = (h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + roundConstants[i] + words[i]) | 0;
    const t2 = ((rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => {
    state[i] += word;
  });
}

/** SHA-256 without the help of the host; about 25 MB a second. */
export function sha256Plain(bytes) {
  const state = Int32Array.from(initial);
  const words = new Int32Array(64);
  const view = padded(bytes);
  for (let at = 0; at < view.byteLength; at += 64) {
    addBlock(state, words, view, at);
  }
  return [...state].map(word => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

/** SHA-256 in lower-case hexadecimal. */
export async function sha256(bytes) {
  if (globalThis.crypto?.subtle === undefined) {
    return sha256Plain(bytes);
  }
  const digest = new Uint8Array(await globalThis.crypto.subtle.digest('SHA-256', bytes));
  return [...digest].map(byte => byte.toString(16).padStart(2, '0')).join('');
}
