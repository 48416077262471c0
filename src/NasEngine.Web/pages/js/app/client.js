// The HTTP API. Everything the pages show or do goes through here.

const root = "/api/v1";
let session = null;
let onSignedOut = () => {};

/** What the service answered when it did not do what was asked: problem details, or what is known of the failure. */
export class ApiProblem extends Error {
  constructor(status, problem) {
    super(problem.detail || problem.title || `The service answered with status ${status}.`);
    this.status = status;
    this.title = problem.title;
    this.errors = problem.errors ?? [];
  }
}

/** Calls back when the service no longer knows who asks. */
export function whenSignedOut(handler) {
  onSignedOut = handler;
}

/** Who asks, and what they may do: { role, csrf, version, authRequired }. */
export function currentSession() {
  return session;
}

/** Asks the service who asks; null if nobody is signed in. */
export async function loadSession() {
  try {
    const answer = await request("GET", "/session", undefined, { quiet: true });
    session = answer?.role ? answer : null;
  } catch (problem) {
    if (problem.status !== 401 && problem.status !== 403) throw problem;
    session = null;
  }

  return session;
}

/** Signs in with a token. */
export async function signIn(token) {
  await request("POST", "/session", { token }, { quiet: true });
  return loadSession();
}

/** Signs out. */
export async function signOut() {
  await request("DELETE", "/session");
  session = null;
}

/** Tells whether the person may change anything. */
export function mayAct() {
  return session === null || session.role !== "viewer";
}

export const get = (path, options) => request("GET", path, undefined, options);
export const post = (path, body, options) => request("POST", path, body ?? {}, options);
export const put = (path, body) => request("PUT", path, body);
export const patch = (path, body) => request("PATCH", path, body);
export const remove = path => request("DELETE", path);

/** Makes a query string of what is not empty. */
export function query(values) {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== null && value !== undefined && value !== "") parameters.set(name, value);
  }

  const text = parameters.toString();
  return text ? `?${text}` : "";
}

/** The address of something that the browser itself fetches. */
export const address = path => (path.startsWith("/api/") ? path : root + path);

async function request(method, path, body, { signal, quiet } = {}) {
  const headers = { Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (method !== "GET" && session?.csrf) headers["X-Nas-Csrf"] = session.csrf;
  let response;
  try {
    response = await fetch(root + path, { method, headers, signal, credentials: "same-origin", body: body === undefined ? undefined : JSON.stringify(body) });
  } catch (problem) {
    if (problem.name === "AbortError") throw problem;
    throw new ApiProblem(0, { title: "No answer", detail: "The service does not answer. It may be starting again; the page goes on when it is back." });
  }

  if (response.status === 204) return null;
  const isJson = /\bjson\b/.test(response.headers.get("Content-Type") ?? "");
  if (response.ok) return isJson ? response.json() : response.text();
  const problem = isJson ? await response.json().catch(() => ({})) : {};
  if (response.status === 401 && !quiet) onSignedOut();
  throw new ApiProblem(response.status, problem);
}
