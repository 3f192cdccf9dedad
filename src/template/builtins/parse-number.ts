import { integer } from "../values/kinds.js";
import { stripped } from "./white-space.js";

const prefixes: Readonly<Record<string, number>> = { "0b": 2, "0o": 8, "0x": 16 };

/** Python's `int(text, base)`; undefined when the text is no such number. */
export function parseIntText(text: string, base: number): number | bigint | undefined {
  const match = /^([+-]?)(0[box])?_?([0-9a-z]+(?:_[0-9a-z]+)*)$/i.exec(stripped(text, undefined, "both"));
  if (match === null) return undefined;
  const [, sign = "", prefix = "", written = ""] = match;
  const named = prefixes[prefix.toLowerCase()];
  if (prefix !== "" && base !== 0 && named !== base) {
    return base > 24 ? digitsOf(sign, prefix + written, base) : undefined;
  }
  return digitsOf(sign, written, base === 0 ? (named ?? 10) : base);
}

function digitsOf(sign: string, written: string, base: number): number | bigint | undefined {
  const digits = written.replaceAll("_", "").toLowerCase();
  if (digits.length > 4300) return undefined;
  let value = 0n;
  for (const digit of digits) {
    const worth = Number.parseInt(digit, 36);
    if (worth >= base) return undefined;
    value = value * BigInt(base) + BigInt(worth);
  }
  return integer(sign === "-" ? -value : value);
}

const floatPattern = /^[+-]?(?:\d+(?:_\d+)*(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+(?:_\d+)*)?$/i;
const special = /^([+-]?)(?:(inf|infinity)|nan)$/i;

/** Python's `float(text)`; undefined when the text is no number. */
export function parseFloatText(text: string): number | undefined {
  const inner = stripped(text, undefined, "both");
  if (floatPattern.test(inner)) return Number(inner.replaceAll("_", ""));
  const match = special.exec(inner);
  if (match === null) return undefined;
  if (match[2] === undefined) return NaN;
  return match[1] === "-" ? -Infinity : Infinity;
}
