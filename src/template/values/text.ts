import type { Run } from "../runtime/run.js";
import type { Dict } from "./dict.js";
import { Special } from "./special.js";
import { Float, Tuple, type Value } from "./value.js";

/** Python's `str(value)`: what `{{ value }}` prints. */
export function textOf(value: Value, run: Run): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  return value instanceof Special ? value.text(run) : repr(value, run);
}

/** Python's `repr(value)`: how a value prints inside a list. */
export function repr(value: Value, run: Run): string {
  switch (typeof value) {
    case "string":
      return run.grown(reprText(value));
    case "number":
    case "bigint":
      return String(value);
    case "boolean":
      return value ? "True" : "False";
    default:
      break;
  }
  if (value === null) return "None";
  if (value instanceof Float) return reprFloat(value.value);
  if (value instanceof Special) return value.repr(run);
  run.enter();
  const text = reprMembers(value, run);
  run.leave();
  return run.grown(text);
}

function reprMembers(value: Value[] | Tuple | Dict, run: Run): string {
  const each = (items: readonly Value[]): string =>
    run
      .made(items)
      .map((item) => repr(item, run))
      .join(", ");
  if (Array.isArray(value)) return `[${each(value)}]`;
  if (value instanceof Tuple)
    return value.items.length === 1 ? `(${each(value.items)},)` : `(${each(value.items)})`;
  run.charge(value.size);
  return `{${value
    .pairs()
    .map(([key, item]) => `${repr(key, run)}: ${repr(item, run)}`)
    .join(", ")}}`;
}

/** Python's `repr` of a float: the shortest digits that read back, with an exponent below 1e-4 and from 1e16 on. */
export function reprFloat(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (Object.is(value, -0)) return "-0.0";
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e16)) {
    return value.toExponential().replace(/e([+-])(\d)$/, "e$10$2");
  }
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

const unprintable = /[\\\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Zs}]/u;
const eachUnprintable = /[\\\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Zs}]/gu;
const short: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  " ": " ",
};

/** Python's `repr` of a text: single quotes, unless it holds only single ones. */
export function reprText(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = unprintable.test(text) ? text.replace(eachUnprintable, escapeCharacter) : text;
  return quote + (quote === "'" ? escaped.replaceAll("'", "\\'") : escaped) + quote;
}

function escapeCharacter(character: string): string {
  const known = short[character];
  if (known !== undefined) return known;
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code < 0x100) return `\\x${hex.padStart(2, "0")}`;
  return code < 0x10000 ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}
