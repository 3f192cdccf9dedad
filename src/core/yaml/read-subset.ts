import type { JsonValue } from "../json.js";
import { readFlow, type Counter } from "./flow-reader.js";
import { blockKeyAt, notSure, plainValue, quotedAt, refuse } from "./plain-scalar.js";
import type { YamlLimits } from "./value-reader.js";

/**
 * Reads the part of YAML that our own files are written in, about 20 times faster than the full parser: block maps
 * and lists, flow ones on one line, quoted and plain scalars on one line, literal blocks, comments. Whatever it is not
 * sure of (anchors, tags, tabs, scalars over lines, odd numbers, anything wrong) makes it give up, and the caller asks
 * the full parser, which alone says what is wrong. So an answer is the full parser's answer; a fuzz test keeps it so.
 */
export function readSubset(text: string, limits: YamlLimits): { readonly value: JsonValue } | undefined {
  if (text === "") return { value: null };
  if (text.length > limits.length || !text.endsWith("\n") || oddCharacter.test(text)) return undefined;
  try {
    return { value: new BlockReader(text, limits).document() };
  } catch (thrown) {
    if (thrown === notSure) return undefined;
    throw thrown;
  }
}

/** Tabs, other control characters, byte order marks, and what some call a line break. */

const oddCharacter = /[^\n\x20-\x7e\xa0-\u2027\u202a-\ufefe\uff00-\uffff]/;

/** A character that can begin a plain scalar and nothing else. */
const plainStart = /[A-Za-z0-9_$/(.\xa1-\uffff]/;

/** Stands on the line that is read next, at its first character that is no space; behind the last line at -1. */
class BlockReader {
  #line = 0;
  #lineEnd = -1;
  #indent = -1;
  #keys = 0;
  readonly #counter: Counter = {
    deeper: (depth) => {
      if (depth > this.limits.depth) refuse();
    },
    add: (object, key, value) => {
      if (++this.#keys > this.limits.keys || Object.hasOwn(object, key)) refuse();
      object[key] = value;
    },
  };

  constructor(
    private readonly text: string,
    private readonly limits: YamlLimits,
  ) {}

  document(): JsonValue {
    this.#moveTo(0);
    if (this.#isEnd()) return null; // nothing but comments
    const value = this.#indent === 0 ? this.#block(0) : refuse();
    return this.#isEnd() ? value : refuse();
  }

  /** Moves to the first line from here on that says something. */
  #moveTo(start: number): void {
    for (let line = start; line < this.text.length; line = this.#lineEnd + 1) {
      this.#lineEnd = this.text.indexOf("\n", line);
      const first = this.#firstOf(line);
      if (first === this.#lineEnd || this.text[first] === "#") continue;
      this.#line = line;
      this.#indent = first - line;
      return;
    }
    this.#indent = -1;
  }

  #isEnd(): boolean {
    return this.#indent < 0;
  }

  #firstOf(line: number): number {
    let at = line;
    while (this.text[at] === " ") at++;
    return at;
  }

  #isItem(): boolean {
    return this.text.startsWith("- ", this.#line + this.#indent);
  }

  #block(depth: number): JsonValue {
    this.#counter.deeper(depth);
    return this.#isItem() ? this.#list(this.#indent, depth) : this.#map(this.#indent, depth);
  }

  #list(indent: number, depth: number): JsonValue {
    const items: JsonValue[] = [];
    while (this.#indent === indent && this.#isItem()) {
      const at = this.#line + indent + 2;
      this.#counter.deeper(depth + 1);
      if (this.text[at] === " " || this.text[at] === "\n") refuse();
      if (blockKeyAt(this.text, at) === undefined) items.push(this.#inline(at, indent, depth + 1));
      else {
        this.#indent = indent + 2;
        items.push(this.#map(indent + 2, depth + 1));
      }
    }
    return items;
  }

  #map(indent: number, depth: number): JsonValue {
    const object = Object.create(null) as Record<string, JsonValue>;
    while (this.#indent === indent) {
      const { key, end } = blockKeyAt(this.text, this.#line + indent) ?? refuse();
      const at = this.#firstOf(end + 1);
      if (at === end + 1 && at !== this.#lineEnd) refuse();
      const isEmpty = at === this.#lineEnd || this.text[at] === "#";
      const value = isEmpty ? this.#below(indent, depth + 1) : this.#inline(at, indent, depth + 1);
      this.#counter.add(object, key, value);
      if (this.#indent > indent || (this.#indent === indent && this.#isItem())) refuse();
    }
    return object;
  }

  /** The value on the lines below a key; a list may stand as far left as its key. */
  #below(indent: number, depth: number): JsonValue {
    this.#moveTo(this.#lineEnd + 1);
    const isBelow = this.#indent > indent || (this.#indent === indent && this.#isItem());
    return isBelow ? this.#block(depth) : null;
  }

  /** The value that begins on this line; moves to the line behind it. */
  #inline(at: number, indent: number, depth: number): JsonValue {
    this.#counter.deeper(depth);
    const first = this.text[at] ?? "";
    if (first === "|") return this.#literal(at, indent);
    if (first === '"' || first === "'") return this.#finish(quotedAt(this.text, at));
    if (first === "[" || first === "{") return this.#finish(readFlow(this.text, at, this.#counter, depth));
    const line = this.text.slice(at, this.#lineEnd);
    const comment = line.indexOf(" #");
    const plain = (comment < 0 ? line : line.slice(0, comment)).replace(/ +$/, "");
    const begins = plainStart.test(first) || /^-\d/.test(plain);
    if (!begins || plain.includes(": ") || plain.endsWith(":")) refuse();
    return this.#finish({ value: plainValue(plain), end: this.#lineEnd });
  }

  #finish<T extends JsonValue>({ value, end }: { readonly value: T; readonly end: number }): T {
    const next = this.#firstOf(end);
    if (next !== this.#lineEnd && (next === end || this.text[next] !== "#")) refuse();
    this.#moveTo(this.#lineEnd + 1);
    return value;
  }

  /** A literal block, `|` or `|-`; blank lines in it are empty. */
  #literal(at: number, indent: number): JsonValue {
    const header = this.text.slice(at, this.#lineEnd);
    if (header !== "|" && header !== "|-") refuse();
    const lines: string[] = [];
    let column = -1;
    let line = this.#lineEnd + 1;
    for (let end = line; line < this.text.length; line = end + 1) {
      end = this.text.indexOf("\n", line);
      const first = this.#firstOf(line);
      if (first === end) {
        if (end > line) refuse();
        lines.push("");
        continue;
      }
      if (column < 0 && first - line > indent) column = first - line;
      if (column < 0 || first - line < column) {
        if (this.text[first] === "#" && first - line > indent) refuse();
        break;
      }
      lines.push(this.text.slice(line + column, end));
    }
    while (lines.at(-1) === "") lines.pop();
    if (lines.length === 0) refuse();
    this.#moveTo(line);
    return `${lines.join("\n")}${header === "|" ? "\n" : ""}`;
  }
}
