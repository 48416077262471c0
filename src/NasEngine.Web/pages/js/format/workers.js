// Names of workers. Jobs keep a worker's id, which outlives it.

const names = new Map();

/** Takes in the workers that the service knows now. */
export function rememberWorkers(workers) {
  for (const worker of workers ?? []) names.set(worker.id, worker.name ?? worker.host);
}

/** The name of a worker; the end of its id if it is gone. */
export function workerName(id) {
  if (!id) return "";
  return names.get(id) ?? (id.length > 20 ? `…${id.slice(-6)}` : id);
}
