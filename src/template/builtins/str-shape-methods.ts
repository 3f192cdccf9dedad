import { formatBraces } from "../format/braces.js";
import type { Run } from "../runtime/run.js";
import { characterCount, characters } from "../values/characters.js";
import { Dict } from "../values/dict.js";
import { elementsOf } from "../values/elements.js";
import { typeName } from "../values/kinds.js";
import { typeError } from "../values/undefined.js";
import type { Value } from "../values/value.js";
import { tableOf, toInteger, toText, type Bound, type Table } from "./builtin.js";
import { capitalized, isCased, swapped, titled } from "./letters.js";

/** Methods of `str` that give the text another shape, or say what shape it has. */
export const shapeMethods: Table = tableOf("method", {
  capitalize: ["", (text) => capitalized(text as string)],
  casefold: ["", (text) => (text as string).toLowerCase().replaceAll("ß", "ss")],
  center: ["width fillchar?", (text, args, run) => justified(text as string, args, { run, side: "center" })],
  expandtabs: [
    "tabsize?",
    (text, [size], run) => expanded(text as string, toInteger(size, "tabsize", 8), run),
  ],
  format: { anyArguments: (text, args, run) => formatBraces(text as string, args, run) },
  format_map: ["mapping", (text, [mapping], run) => formatMap(text as string, mapping as Value, run)],
  isalnum: ["", (text) => /^[\p{L}\p{Nd}\p{No}\p{Nl}]+$/u.test(text as string)],
  isalpha: ["", (text) => /^\p{L}+$/u.test(text as string)],

  isascii: ["", (text) => /^[\x00-\x7f]*$/.test(text as string)],
  isdecimal: ["", (text) => /^\p{Nd}+$/u.test(text as string)],
  isdigit: ["", (text) => /^[\p{Nd}²³¹⁰-⁹₀-₉①-⑨]+$/u.test(text as string)],
  isidentifier: ["", (text) => /^[\p{XID_Start}_]\p{XID_Continue}*$/u.test(text as string)],
  islower: ["", (text) => isCased(text as string, "lower")],
  isnumeric: ["", (text) => /^\p{N}+$/u.test(text as string)],
  isprintable: ["", (text) => !/[^ \P{Z}]|\p{C}/u.test(text as string)],
  isspace: ["", (text) => /^[\s\x1c-\x1f\x85]+$/.test(text as string)],
  istitle: ["", (text) => isCased(text as string, "title")],
  isupper: ["", (text) => isCased(text as string, "upper")],
  join: ["iterable", (text, [items], run) => joined(text as string, items as Value, run)],
  ljust: ["width fillchar?", (text, args, run) => justified(text as string, args, { run, side: "left" })],
  lower: ["", (text) => (text as string).toLowerCase()],
  rjust: ["width fillchar?", (text, args, run) => justified(text as string, args, { run, side: "right" })],
  swapcase: ["", (text) => swapped(text as string)],
  title: ["", (text) => titled(text as string)],
  upper: ["", (text) => (text as string).toUpperCase()],
  zfill: ["width", (text, [width], run) => zeroFilled(text as string, toInteger(width, "width"), run)],
});

interface Justify {
  readonly run: Run;
  readonly side: "left" | "right" | "center";
}

function justified(text: string, [width, fillchar]: Bound, { run, side }: Justify): string {
  const fill = toText(fillchar, "fillchar", " ");
  if (characterCount(fill) !== 1) throw typeError("`fillchar` takes exactly one character");
  const missing = toInteger(width, "width") - characterCount(text);
  if (missing <= 0) return text;
  run.allow(text.length + missing);
  if (side === "left") return text + fill.repeat(missing);
  if (side === "right") return fill.repeat(missing) + text;
  return centered(text, missing, { fill, width: toInteger(width, "width") });
}

/** Python puts the odd blank of an odd width on the left. */
export function centered(
  text: string,
  missing: number,
  { fill, width }: { fill: string; width: number },
): string {
  const left = (missing >> 1) + (missing & width & 1);
  return fill.repeat(left) + text + fill.repeat(missing - left);
}

function expanded(text: string, size: number, run: Run): string {
  let column = 0;
  let result = "";
  for (const character of characters(text)) {
    if (character === "\t") {
      const blanks = size > 0 ? size - (column % size) : 0;
      run.allow(result.length + blanks);
      result += " ".repeat(blanks);
      column += blanks;
    } else {
      result += character;
      column = character === "\n" || character === "\r" ? 0 : column + 1;
    }
  }
  return result;
}

function formatMap(text: string, mapping: Value, run: Run): string {
  if (!(mapping instanceof Dict)) throw typeError(`\`format_map\` takes a dict, not a ${typeName(mapping)}`);
  const named = new Map(
    mapping.pairs().filter((pair): pair is [string, Value] => typeof pair[0] === "string"),
  );
  return formatBraces(text, { positional: [], named }, run);
}

function joined(separator: string, items: Value, run: Run): string {
  const parts = elementsOf(items, run).map((item, index) => {
    if (typeof item === "string") return item;
    throw typeError(
      `\`join\` takes texts; item ${index} is a ${typeName(item)}`,
      "use the filter `| join(…)`",
    );
  });
  return joinParts(parts, separator, run);
}

/** Joins texts after checking how long the result will be. */
export function joinParts(parts: readonly string[], separator: string, run: Run): string {
  let length = separator.length * parts.length;
  for (const part of parts) length += part.length;
  run.allow(length);
  return parts.join(separator);
}

function zeroFilled(text: string, width: number, run: Run): string {
  const missing = width - characterCount(text);
  if (missing <= 0) return text;
  run.allow(width);
  const sign = /^[+-]/.exec(text)?.[0] ?? "";
  return sign + "0".repeat(missing) + text.slice(sign.length);
}
