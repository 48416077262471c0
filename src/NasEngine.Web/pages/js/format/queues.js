// Names of queues.

/** A queue of a recording holds the path of its file, of which the name is enough to know it by. */
export function shortQueue(queue) {
  return queue.replace(/:\/?[^:]*\/([^/:]+)$/, ":…/$1");
}
