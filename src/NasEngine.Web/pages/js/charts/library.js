// Scripts that other people wrote, fetched from this service when they are first needed.

const loaded = new Map();

/** Begins to load a script that will soon be needed; whoever then asks for it hears if that failed. */
export function begin(address, name) {
  load(address, name).catch(() => {}); // the next load() tries again
}

/** Loads a script once and gives the global that it defines. */
export function load(address, name) {
  if (!loaded.has(address)) loaded.set(address, fetchScript(address, name));
  return loaded.get(address);
}

function fetchScript(address, name) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => resolve(globalThis[name]);
    script.onerror = () => {
      loaded.delete(address);
      reject(new Error(`${address} did not load.`));
    };
    document.head.append(script);
  });
}
