import type { Run } from "../runtime/run.js";
import { exceeded } from "../runtime/limits.js";
import { formatPercent } from "../format/percent.js";
import { integer, numeric, typeName } from "./kinds.js";
import { isUndefined, typeError } from "./undefined.js";
import { Float, Tuple, type Value } from "./value.js";

/** Python's arithmetic operators, and `~`, which is an operator of its own in the tree. */
export type ArithmeticOperator = "+" | "-" | "*" | "/" | "//" | "%" | "**";

/** The largest int: Python refuses to print more digits, too. */
const largest = 10n ** 4300n;

/** `left operator right` as Python computes it. */
export function arithmetic(operator: ArithmeticOperator, left: Value, right: Value, run: Run): Value {
  if (typeof left === "number" && typeof right === "number") return ofInts(operator, left, right);
  if (isUndefined(left)) left.fail();
  if (operator === "%" && typeof left === "string") return formatPercent(left, right, run);
  if (isUndefined(right)) right.fail();
  const a = numeric(left);
  const b = numeric(right);
  if (a !== undefined && b !== undefined) {
    if (typeof a === "number" && typeof b === "number") return ofInts(operator, a, b);
    if (a instanceof Float || b instanceof Float) return ofFloats(operator, toDouble(a), toDouble(b));
    return ofBigInts(operator, BigInt(a), BigInt(b));
  }
  const joined =
    operator === "+" ? concatenated(left, right, run) : operator === "*" ? repeated(left, right, run) : null;
  if (joined !== null) return joined;
  throw typeError(
    `\`${operator}\` does not take a ${typeName(left)} and a ${typeName(right)}`,
    operator === "+" ? "join texts with `~`, which turns both sides into text" : undefined,
  );
}

/** The double nearest to an int, or the value of a float. */
export function toDouble(value: number | bigint | Float): number {
  return value instanceof Float ? value.value : Number(value);
}

function ofInts(operator: ArithmeticOperator, a: number, b: number): Value {
  switch (operator) {
    case "+":
      return checked(a + b) ?? ofBigInts(operator, BigInt(a), BigInt(b));
    case "-":
      return checked(a - b) ?? ofBigInts(operator, BigInt(a), BigInt(b));
    case "*":
      return checked(a * b) ?? ofBigInts(operator, BigInt(a), BigInt(b));
    case "/":
      return ofFloats(operator, a, b);
    case "//":
      if (b === 0) throw byZero();
      return checked(Math.floor(a / b)) === undefined || Math.abs(a) > 2 ** 49
        ? ofBigInts(operator, BigInt(a), BigInt(b))
        : Math.floor(a / b) + 0;
    case "%":
      if (b === 0) throw byZero();
      return floorRemainder(a, b) + 0;
    case "**":
      if (b < 0) return ofFloats(operator, a, b);
      // Powers are exact in doubles only while they are small.
      return Math.abs(a ** b) < 2 ** 31 ? a ** b : ofBigInts(operator, BigInt(a), BigInt(b));
  }
}

function checked(value: number): number | undefined {
  return Number.isSafeInteger(value) ? value + 0 : undefined;
}

function ofBigInts(operator: ArithmeticOperator, a: bigint, b: bigint): Value {
  switch (operator) {
    case "+":
      return bounded(a + b);
    case "-":
      return bounded(a - b);
    case "*":
      return bounded(a * b);
    case "/":
      return ofFloats(operator, Number(a), Number(b));
    case "//":
    case "%": {
      if (b === 0n) throw byZero();
      const remainder = a % b;
      const shifted = remainder !== 0n && remainder < 0n !== b < 0n;
      if (operator === "%") return integer(shifted ? remainder + b : remainder);
      return integer(shifted ? a / b - 1n : a / b);
    }
    case "**":
      return power(a, b);
  }
}

function power(base: bigint, exponent: bigint): Value {
  if (exponent < 0n) return ofFloats("**", Number(base), Number(exponent));
  if (base === 0n || base === 1n) return exponent === 0n ? 1 : Number(base);
  if (base === -1n) return exponent % 2n === 0n ? 1 : -1;
  if (BigInt(base.toString(2).length) * exponent > 15_000n) throw tooLarge();
  return bounded(base ** exponent);
}

function bounded(value: bigint): Value {
  if (value >= largest || value <= -largest) throw tooLarge();
  return integer(value);
}

function tooLarge(): Error {
  return exceeded("digits", 4300, "the number gets too large");
}

function ofFloats(operator: ArithmeticOperator, a: number, b: number): Value {
  switch (operator) {
    case "+":
      return new Float(a + b);
    case "-":
      return new Float(a - b);
    case "*":
      return new Float(a * b);
    case "/":
      if (b === 0) throw byZero();
      return new Float(a / b);
    case "//":
      if (b === 0) throw byZero();
      return new Float(Math.floor((a - floorRemainder(a, b)) / b + 0.5));
    case "%":
      if (b === 0) throw byZero();
      return new Float(floorRemainder(a, b));
    case "**":
      if (a === 0 && b < 0) throw byZero();
      if (a < 0 && !Number.isInteger(b)) throw typeError("a negative number has no fractional power here");
      return new Float(a ** b);
  }
}

/** Python's remainder: it has the sign of the divisor. */
function floorRemainder(a: number, b: number): number {
  const remainder = a % b;
  return remainder !== 0 && remainder < 0 !== b < 0 ? remainder + b : remainder;
}

function byZero(): Error {
  return typeError("division by zero", "check the divisor first, such as `{{ a / b if b else 0 }}`");
}

function concatenated(left: Value, right: Value, run: Run): Value | null {
  if (typeof left === "string" && typeof right === "string") return run.grown(left + right);
  if (Array.isArray(left) && Array.isArray(right)) return run.made([...left, ...right]);
  if (left instanceof Tuple && right instanceof Tuple)
    return new Tuple(run.made([...left.items, ...right.items]));
  return null;
}

function repeated(left: Value, right: Value, run: Run): Value | null {
  const times = numeric(right);
  if (times === undefined || times instanceof Float)
    return numeric(left) === undefined ? null : swapped(left, right, run);
  const count = Math.max(0, Number(times));
  if (typeof left === "string") {
    run.allow(left.length * count);
    return left.repeat(count);
  }
  const items = Array.isArray(left) ? left : left instanceof Tuple ? left.items : null;
  if (items === null) return null;
  run.charge(items.length * count);
  const all = Array.from(
    { length: items.length * count },
    (_, index) => items[index % items.length] as Value,
  );
  return Array.isArray(left) ? all : new Tuple(all);
}

/** `3 * "ab"`: the number may come first. */
function swapped(left: Value, right: Value, run: Run): Value | null {
  const repeatable = typeof right === "string" || Array.isArray(right) || right instanceof Tuple;
  return repeatable ? repeated(right, left, run) : null;
}

/** `-value` or `+value`. */
export function signed(operator: "-" | "+", value: Value): Value {
  if (isUndefined(value)) value.fail();
  const number = numeric(value);
  if (number === undefined) throw typeError(`\`${operator}\` does not take a ${typeName(value)}`);
  if (operator === "+") return number;
  if (number instanceof Float) return new Float(-number.value);
  return typeof number === "number" ? 0 - number : integer(-number);
}
