import { fixed } from "../format/digits.js";
import type { Run } from "../runtime/run.js";
import { arithmetic, toDouble } from "../values/arithmetic.js";
import { elementsOf } from "../values/elements.js";
import { integer, numeric, typeName } from "../values/kinds.js";
import { isUndefined, typeError } from "../values/undefined.js";
import { Float, type Value } from "../values/value.js";
import { tableOf, toInteger, toText, toTruth, type Bound, type Table } from "./builtin.js";
import { parseFloatText, parseIntText } from "./parse-number.js";
import { attributeReader } from "./order.js";

/** Filters for numbers. */
export const numberFilters: Table = tableOf("filter", {
  abs: ["", (value) => absolute(required(value, "abs"))],
  filesizeformat: ["binary?", (value, [binary]) => fileSize(value, toTruth(binary))],
  float: ["default?", toFloat],
  int: ["default? base?", toInt],
  round: ["precision? method?", round],
  sum: ["attribute? start?", sum],
});

function required(value: Value, filter: string): number | bigint | Float {
  if (isUndefined(value)) value.fail();
  const number = numeric(value);
  if (number === undefined) throw typeError(`filter \`${filter}\` takes a number, not a ${typeName(value)}`);
  return number;
}

function absolute(value: number | bigint | Float): Value {
  if (value instanceof Float) return new Float(Math.abs(value.value));
  return value < 0 ? -value : value;
}

/** Any value as a double; undefined when Python's `float()` refuses it. */
function asDouble(value: Value): number | undefined {
  if (isUndefined(value)) value.fail();
  if (typeof value === "string") return parseFloatText(value);
  const number = numeric(value);
  return number === undefined ? undefined : toDouble(number);
}

function toFloat(value: Value, [otherwise]: Bound): Value {
  const double = asDouble(value);
  return double === undefined ? (otherwise ?? (otherwise === null ? null : new Float(0))) : new Float(double);
}

function toInt(value: Value, [otherwise, base]: Bound): Value {
  if (isUndefined(value)) value.fail();
  const fallback = otherwise === undefined ? 0 : otherwise;
  if (typeof value === "string") {
    const whole = parseIntText(value, toInteger(base, "base", 10));
    if (whole !== undefined) return whole;
  }
  const number = numeric(value);
  if (number !== undefined && !(number instanceof Float)) return number;
  const double = asDouble(value);
  if (double === undefined || Number.isNaN(double)) return fallback;
  if (!Number.isFinite(double)) throw typeError("an infinite number has no whole part");
  return integer(BigInt(Math.trunc(double)));
}

const methods: Readonly<Record<string, ((value: number) => number) | undefined>> = {
  ceil: Math.ceil,
  floor: Math.floor,
};

function round(value: Value, [precision, method]: Bound): Value {
  const number = required(value, "round");
  const decimals = toInteger(precision, "precision", 0);
  const name = toText(method, "method", "common");
  if (name === "common")
    return number instanceof Float ? rounded(number.value, decimals) : roundedInt(number, decimals);
  const apply = methods[name];
  if (apply === undefined)
    throw typeError(`filter \`round\` knows no method \`${name}\``, "use common, ceil or floor");
  const scale = 10 ** decimals;
  const scaled = apply(toDouble(number) * scale);
  return new Float(scaled / scale);
}

/** Python's `round` of a float: half to even on the exact binary value. */
function rounded(value: number, decimals: number): Float {
  if (!Number.isFinite(value) || decimals > 100) return new Float(value);
  if (decimals >= 0)
    return new Float(Math.sign(value) * Number(fixed(Math.abs(value), decimals)) || value * 0);
  const scale = 10 ** -decimals;
  return new Float(Number(fixed(Math.abs(value) / scale, 0)) * scale * Math.sign(value));
}

/** Python's `round` of an int; jinja2's filter gives it back as an int. */
function roundedInt(value: number | bigint, decimals: number): Value {
  if (decimals >= 0) return value;
  const scale = 10n ** BigInt(Math.min(-decimals, 5_000));
  const whole = BigInt(value);
  const floor = ((whole % scale) + scale) % scale;
  const below = whole - floor;
  const isUp = floor * 2n > scale || (floor * 2n === scale && (below / scale) % 2n !== 0n);
  return integer(isUp ? below + scale : below);
}

function sum(value: Value, [attribute, start]: Bound, run: Run): Value {
  const read = attributeReader(attribute, run);
  let total: Value = start === undefined ? 0 : start;
  if (typeof total === "string") throw typeError("filter `sum` does not add texts", "use `| join`");
  for (const item of elementsOf(value, run)) {
    run.charge(1);
    total = arithmetic("+", total, read(item), run);
  }
  return total;
}

function fileSize(value: Value, binary: boolean): string {
  const bytes = asDouble(value);
  if (bytes === undefined) throw typeError("filter `filesizeformat` takes a number of bytes");
  const base = binary ? 1024 : 1000;
  if (bytes === 1) return "1 Byte";
  if (bytes < base) return `${Math.trunc(bytes)} Bytes`;
  const prefixes = ["k", "M", "G", "T", "P", "E", "Z", "Y"].map((prefix) =>
    binary ? `${prefix.toUpperCase()}iB` : `${prefix}B`,
  );
  const found = prefixes.findIndex((_, index) => bytes < base ** (index + 2));
  const index = found === -1 ? prefixes.length - 1 : found;
  return `${fixed((base * bytes) / base ** (index + 2), 1)} ${prefixes[index] ?? ""}`;
}
