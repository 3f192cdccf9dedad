import type { Run } from "../runtime/run.js";
import { characterCount } from "../values/characters.js";
import { toDouble } from "../values/arithmetic.js";
import { Dict } from "../values/dict.js";
import { integer, numeric, typeName } from "../values/kinds.js";
import { repr, textOf } from "../values/text.js";
import { isUndefined, typeError } from "../values/undefined.js";
import { Float, Tuple, type Value } from "../values/value.js";
import { fixed, scientific, shortest } from "./digits.js";

const directive = /%(?:\(([^)]*)\))?([-+ #0]*)(\*|\d{0,9})(?:\.(\*|\d{0,9}))?[hlL]?(.?)/gsu;

/** Python's `template % values`: one value, a tuple of values, or a dict for `%(name)s`. */
export function formatPercent(template: string, values: Value, run: Run): string {
  const given = new Given(values);
  const text = template.replace(
    directive,
    (_, name?: string, flags = "", width = "", precision?: string, type = "") => {
      if (type === "%") return "%";
      const place = {
        flags: flags as string,
        width: given.size(width as string),
        precision: given.precision(precision),
      };
      const value = name === undefined ? given.next() : given.named(name);
      if (isUndefined(value) && value.mode === "strict") value.fail();
      run.allow(Math.max(place.width, place.precision ?? 0));
      return run.grown(formatOne(value, type as string, place, run));
    },
  );
  given.finish();
  return run.grown(text);
}

/** The values of a format, handed out one by one or by name. */
class Given {
  readonly #values: readonly Value[];
  #used = 0;

  constructor(readonly all: Value) {
    this.#values = all instanceof Tuple ? all.items : [all];
  }

  next(): Value {
    const value = this.#values[this.#used];
    if (value === undefined) throw typeError("the text has more `%` places than there are values");
    this.#used += 1;
    return value;
  }

  named(name: string): Value {
    if (!(this.all instanceof Dict)) throw typeError("`%(name)s` takes a dict of values");
    this.#used = this.#values.length;
    const value = this.all.get(name);
    if (value === undefined) throw typeError(`the format names \`${name}\`, which was not given`);
    return value;
  }

  size(text: string): number {
    if (text !== "*") return text === "" ? 0 : Number(text);
    const value = this.next();
    if (typeof value !== "number") throw typeError("`*` in a format takes a whole number");
    return Math.abs(value);
  }

  precision(text: string | undefined): number | undefined {
    return text === undefined ? undefined : this.size(text);
  }

  finish(): void {
    if (this.#used < this.#values.length && !(this.all instanceof Dict)) {
      throw typeError("the text has fewer `%` places than there are values");
    }
  }
}

interface Place {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
}

function formatOne(value: Value, type: string, place: Place, run: Run): string {
  switch (type) {
    case "s":
    case "r":
    case "a": {
      const text = type === "s" ? textOf(value, run) : repr(value, run);
      const cut = place.precision === undefined ? text : Array.from(text).slice(0, place.precision).join("");
      return padded("", cut, { ...place, flags: place.flags.replace("0", "") });
    }
    case "c":
      return padded(
        "",
        typeof value === "number" ? String.fromCodePoint(value & 0x1fffff) : textOf(value, run),
        place,
      );
    case "d":
    case "i":
    case "u":
    case "x":
    case "X":
    case "o":
      return formatInteger(value, type, place);
    case "e":
    case "E":
    case "f":
    case "F":
    case "g":
    case "G":
      return formatFloat(value, type, place);
    default:
      throw typeError(
        type === "" ? "the format ends after `%`" : `\`%${type}\` is no format`,
        "write `%%` for a `%`",
      );
  }
}

function formatInteger(value: Value, type: string, place: Place): string {
  const number = numeric(value);
  const isDecimal = "diu".includes(type);
  if (number === undefined || (number instanceof Float && !isDecimal)) {
    throw typeError(`\`%${type}\` takes a number, not a ${typeName(value)}`);
  }
  const whole = number instanceof Float ? truncated(number.value) : number;
  const base = isDecimal ? 10 : type === "o" ? 8 : 16;
  const lower = (whole < 0 ? -whole : whole).toString(base).padStart(place.precision ?? 0, "0");
  const digits = type === "X" ? lower.toUpperCase() : lower;
  const prefix = place.flags.includes("#") && !isDecimal ? `0${type}` : "";
  return padded(signOf(whole < 0, place) + prefix, digits, place);
}

function truncated(value: number): number | bigint {
  if (!Number.isFinite(value)) throw typeError("a number that is not finite has no whole part");
  return integer(BigInt(Math.trunc(value)));
}

function formatFloat(value: Value, type: string, place: Place): string {
  const number = numeric(value);
  if (number === undefined) throw typeError(`\`%${type}\` takes a number, not a ${typeName(value)}`);
  const double = toDouble(number);
  const size = Math.abs(double);
  const sign = signOf(double < 0 || Object.is(double, -0), place);
  if (!Number.isFinite(size))
    return padded(sign, Number.isNaN(size) ? "nan" : "inf", { ...place, flags: "" });
  const precision = place.precision ?? 6;
  const alternate = place.flags.includes("#");
  const lower = type.toLowerCase();
  const text =
    lower === "f"
      ? fixed(size, precision)
      : lower === "e"
        ? scientific(size, precision)
        : shortest(size, precision, { alternate });
  return padded(sign, type === lower ? text : text.toUpperCase(), place);
}

function signOf(negative: boolean, { flags }: Place): string {
  if (negative) return "-";
  return flags.includes("+") ? "+" : flags.includes(" ") ? " " : "";
}

function padded(sign: string, body: string, { flags, width }: Place): string {
  const missing = width - sign.length - characterCount(body);
  if (missing <= 0) return sign + body;
  if (flags.includes("-")) return sign + body + " ".repeat(missing);
  return flags.includes("0") ? sign + "0".repeat(missing) + body : " ".repeat(missing) + sign + body;
}
