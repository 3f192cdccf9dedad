import type { Run } from "../runtime/run.js";
import { order } from "../values/compare.js";
import { Dict } from "../values/dict.js";
import { typeName } from "../values/kinds.js";
import { reprFloat } from "../values/text.js";
import { isUndefined, typeError } from "../values/undefined.js";
import { Float, Tuple, type Value } from "../values/value.js";
import { joinParts } from "./str-shape-methods.js";
import { tableOf, toInteger, type Table } from "./builtin.js";

/** `tojson`, byte for byte as Jinja writes it: sorted keys, ASCII only, and `<`, `>`, `&`, `'` as escapes. */
export const toJson: Table = tableOf("filter", {
  tojson: [
    "indent?",
    (value, [indent], run) => {
      const margin = typeof indent === "string" ? indent : " ".repeat(indentOf(indent, run));
      const writer = new Writer(run, indent === undefined || indent === null ? null : margin);
      return writer
        .write(value, "\n")
        .replace(/[<>&']/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
    },
  ],
});

function indentOf(indent: Value | undefined, run: Run): number {
  const width = indent === undefined || indent === null ? 0 : Math.max(0, toInteger(indent, "indent"));
  run.allow(width);
  return width;
}

class Writer {
  /** `margin` is what one level is indented by; null writes everything on one line. */
  constructor(
    readonly run: Run,
    readonly margin: string | null,
  ) {}

  /** `line` is a line break and the margin of the current level. */
  write(value: Value, line: string): string {
    if (typeof value === "string") return this.run.grown(quoted(value));
    if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean")
      return String(value);
    if (value === null) return "null";
    if (value instanceof Float) return jsonFloat(value.value);
    if (isUndefined(value)) value.fail();
    this.run.enter();
    const inner = line + (this.margin ?? "");
    const text = value instanceof Dict ? this.#object(value, line, inner) : this.#array(value, line, inner);
    this.run.leave();
    return text;
  }

  #array(value: Value, line: string, inner: string): string {
    const items = value instanceof Tuple ? value.items : value;
    if (!Array.isArray(items)) throw typeError(`a ${typeName(value)} cannot be written as JSON`);
    const parts = this.run.made(items as readonly Value[]).map((item) => this.write(item, inner));
    return this.#framed(parts, { open: "[", close: "]", line, inner });
  }

  #object(dict: Dict, line: string, inner: string): string {
    const { run } = this;
    const pairs = run.made(dict.pairs()).sort(([a], [b]) => order(a, b, { run, operator: "<" }));
    const parts = pairs.map(([key, item]) => `${quoted(keyText(key))}: ${this.write(item, inner)}`);
    return this.#framed(parts, { open: "{", close: "}", line, inner });
  }

  #framed(
    parts: readonly string[],
    frame: { open: string; close: string; line: string; inner: string },
  ): string {
    const { open, close, line, inner } = frame;
    if (parts.length === 0) return open + close;
    if (this.margin === null) return open + joinParts(parts, ", ", this.run) + close;
    return open + inner + joinParts(parts, `,${inner}`, this.run) + line + close;
  }
}

function keyText(key: Value): string {
  if (typeof key === "string") return key;
  if (key === null) return "null";
  if (key instanceof Float) return jsonFloat(key.value);
  if (typeof key === "object") throw typeError(`a ${typeName(key)} cannot be a key in JSON`);
  return String(key);
}

function jsonFloat(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  return Number.isFinite(value) ? reprFloat(value) : value > 0 ? "Infinity" : "-Infinity";
}

/** A JSON string of printable ASCII characters only. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
