// Finds where in a JSON text a path such as $.dimensions[3].choices stands, and where a text stops being JSON.

/** Reads a text: { value, places, problem }. Places map a path to the offset where its value begins; problem is { message, offset }. */
export function readJson(text) {
  const reader = new Reader(text);
  try {
    const value = reader.document();
    return { value, places: reader.places, problem: null };
  } catch (problem) {
    if (!(problem instanceof Unreadable)) throw problem;
    return { value: undefined, places: reader.places, problem: { message: problem.message, offset: problem.offset } };
  }
}

/** The line of a path, from 1: of the path itself or of the nearest part around it that is there. */
export function lineOfPath(text, places, path) {
  for (let part = path; part; part = parentOf(part)) {
    if (places.has(part)) return lineAt(text, places.get(part));
  }

  return 1;
}

/** The line of an offset, from 1. */
export function lineAt(text, offset) {
  let line = 1;
  for (let index = text.indexOf("\n"); index !== -1 && index < offset; index = text.indexOf("\n", index + 1)) line += 1;
  return line;
}

function parentOf(path) {
  const end = Math.max(path.lastIndexOf("."), path.lastIndexOf("["));
  return end > 0 ? path.slice(0, end) : "";
}

class Unreadable extends Error {
  constructor(message, offset) {
    super(message);
    this.offset = offset;
  }
}

class Reader {
  constructor(text) {
    this.text = text;
    this.at = 0;
    this.places = new Map();
  }

  document() {
    const value = this.value("$");
    this.space();
    if (this.at < this.text.length) this.fail("Nothing may follow the end of the document");
    return value;
  }

  value(path) {
    this.space();
    this.places.set(path, this.at);
    const letter = this.text[this.at];
    if (letter === "{") return this.object(path);
    if (letter === "[") return this.array(path);
    if (letter === "\"") return this.string();
    return this.scalar();
  }

  object(path) {
    const result = {};
    this.at += 1;
    if (this.next("}")) return result;
    do {
      this.space();
      const start = this.at;
      if (this.text[this.at] !== "\"") this.fail("A key in double quotes is expected");
      const key = this.string();
      if (!this.next(":")) this.fail(`A colon is expected after "${key}"`);
      const own = `${path}.${key}`;
      if (Object.hasOwn(result, key)) {
        this.at = start;
        this.fail(`The key "${key}" is there twice`);
      }

      Object.defineProperty(result, key, { value: this.value(own), enumerable: true, writable: true, configurable: true });
      this.places.set(own, start);
    } while (this.next(","));
    if (!this.next("}")) this.fail("A comma or } is expected");
    return result;
  }

  array(path) {
    const result = [];
    this.at += 1;
    if (this.next("]")) return result;
    do result.push(this.value(`${path}[${result.length}]`)); while (this.next(","));
    if (!this.next("]")) this.fail("A comma or ] is expected");
    return result;
  }

  string() {
    const match = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
    return this.take(match, "The text in quotes does not end, or holds a sign that must be escaped");
  }

  scalar() {
    return this.take(/true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y, this.at >= this.text.length ? "The text ends too early" : "A value is expected");
  }

  take(expression, message) {
    expression.lastIndex = this.at;
    const match = expression.exec(this.text);
    if (!match) this.fail(message);
    this.at = expression.lastIndex;
    return JSON.parse(match[0]);
  }

  next(letter) {
    this.space();
    if (this.text[this.at] !== letter) return false;
    this.at += 1;
    return true;
  }

  space() {
    const blanks = /[ \t\r\n]*/y;
    blanks.lastIndex = this.at;
    blanks.exec(this.text);
    this.at = blanks.lastIndex;
  }

  fail(message) {
    throw new Unreadable(`${message} (line ${lineAt(this.text, this.at)}).`, this.at);
  }
}
