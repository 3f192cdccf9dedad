import type { Run } from "../runtime/run.js";
import { characterCount } from "../values/characters.js";
import { numeric, typeName } from "../values/kinds.js";
import { typeError } from "../values/undefined.js";
import { Float, type Value } from "../values/value.js";
import { fixed, grouped, scientific, shortest } from "./digits.js";

/** A format specification such as `>10,.2f`, taken apart. */
interface Spec {
  readonly fill: string;
  readonly align: string;
  readonly sign: string;
  readonly alternate: boolean;
  readonly width: number;
  readonly grouping: string;
  readonly precision: number | undefined;
  readonly type: string;
}

const pattern = /^(?:(.)?([<>=^]))?([-+ ])?(#)?(0)?(\d{0,9})([,_])?(?:\.(\d{1,9}))?([a-zA-Z%])?$/su;

function parseSpec(text: string): Spec {
  const match = pattern.exec(text);
  if (match === null)
    throw typeError(`\`${text}\` is no format specification`, "such as `{:>8}` or `{:.2f}`");
  const [, fill, align, sign = "-", alternate, zero, width = "", grouping = "", precision, type = ""] = match;
  return {
    fill: fill ?? (zero === undefined ? " " : "0"),
    align: align ?? (zero === undefined ? "" : "="),
    sign,
    alternate: alternate !== undefined,
    width: width === "" ? 0 : Number(width),
    grouping,
    precision: precision === undefined ? undefined : Number(precision),
    type,
  };
}

/** Python's `format(value, specification)` for text and numbers. */
export function formatValue(value: Value, specification: string, run: Run): string {
  const spec = parseSpec(specification);
  run.allow(Math.max(spec.width, spec.precision ?? 0));
  if (typeof value === "string") return formatText(value, spec);
  const number = numeric(value);
  if (number === undefined) throw typeError(`a ${typeName(value)} takes no format specification`);
  return formatNumber(number, spec);
}

function formatText(text: string, spec: Spec): string {
  if (spec.type !== "" && spec.type !== "s") throw typeError(`\`${spec.type}\` does not format a text`);
  if (spec.align === "=" || spec.sign !== "-") throw typeError("a text has no sign to align");
  const cut = spec.precision === undefined ? text : Array.from(text).slice(0, spec.precision).join("");
  return padded(cut, "", { ...spec, align: spec.align === "" ? "<" : spec.align });
}

function formatNumber(number: number | bigint | Float, spec: Spec): string {
  const integral = !(number instanceof Float);
  const negative = integral ? number < 0 : number.value < 0 || Object.is(number.value, -0);
  const sign = negative ? "-" : spec.sign === "-" ? "" : spec.sign;
  const isIntegerType = "bcdnoxX".includes(spec.type) && (integral || spec.type !== "n");
  if (isIntegerType && !integral && spec.type !== "") {
    throw typeError(`\`${spec.type}\` formats whole numbers, not a float`);
  }
  const digits =
    integral && (spec.type === "" || isIntegerType)
      ? integerDigits(number < 0 ? -number : number, spec)
      : floatDigits(Math.abs(integral ? Number(number) : number.value), spec);
  const [prefix, body] = digits;
  return padded(body, sign + prefix, { ...spec, align: spec.align === "" ? ">" : spec.align });
}

const bases: Readonly<Record<string, number>> = { b: 2, o: 8, x: 16, X: 16 };

function integerDigits(size: number | bigint, spec: Spec): readonly [prefix: string, digits: string] {
  if (spec.type === "c") return ["", String.fromCodePoint(Number(size) & 0x1fffff)];
  const base = bases[spec.type] ?? 10;
  const lower = size.toString(base);
  const digits = spec.type === "X" ? lower.toUpperCase() : lower;
  return [
    spec.alternate && base !== 10 ? `0${spec.type}` : "",
    grouped(digits, base === 10 ? 3 : 4, spec.grouping),
  ];
}

function floatDigits(size: number, spec: Spec): readonly [prefix: string, digits: string] {
  const text = unsigned(size, spec);
  const [whole = "", ...rest] = text.split(/(?=[.e%])/);
  return ["", grouped(whole, 3, spec.grouping) + rest.join("")];
}

function unsigned(size: number, spec: Spec): string {
  const { type, precision, alternate } = spec;
  if (!Number.isFinite(size)) return Number.isNaN(size) ? "nan" : "inf";
  switch (type) {
    case "f":
    case "F":
      return fixed(size, precision ?? 6);
    case "%":
      return `${fixed(size * 100, precision ?? 6)}%`;
    case "e":
      return scientific(size, precision ?? 6);
    case "E":
      return scientific(size, precision ?? 6).toUpperCase();
    case "g":
    case "G":
    case "n": {
      const text = shortest(size, precision ?? 6, { alternate });
      return type === "G" ? text.toUpperCase() : text;
    }
    case "":
      return precision === undefined ? shortest(size) : shortest(size, precision, { keepPoint: true });
    default:
      throw typeError(`\`${type}\` does not format a number`);
  }
}

function padded(body: string, prefix: string, spec: Spec): string {
  const missing = spec.width - characterCount(body) - characterCount(prefix);
  if (missing <= 0) return prefix + body;
  switch (spec.align) {
    case "<":
      return prefix + body + spec.fill.repeat(missing);
    case "^":
      return spec.fill.repeat(missing >> 1) + prefix + body + spec.fill.repeat(missing - (missing >> 1));
    case "=":
      return prefix + spec.fill.repeat(missing) + body;
    default:
      return spec.fill.repeat(missing) + prefix + body;
  }
}
