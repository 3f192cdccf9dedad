import type { Run } from "../runtime/run.js";
import { arithmetic } from "../values/arithmetic.js";
import { compare, contains, equals, type CompareOperator } from "../values/compare.js";
import { Dict } from "../values/dict.js";
import { elementsIfAny, lengthOf } from "../values/elements.js";
import { numeric } from "../values/kinds.js";
import { Range } from "../values/range.js";
import { Special } from "../values/special.js";
import { textOf } from "../values/text.js";
import { Undefined, isUndefined } from "../values/undefined.js";
import { Float, type Value } from "../values/value.js";
import { tableOf, type Bound, type Table } from "./builtin.js";
import { isCased } from "./letters.js";

/** Every test by name: what may stand after `is`, and what `select` takes. */
export const tests: Table = tableOf("test", {
  boolean: ["", (value) => typeof value === "boolean"],
  callable: ["", (value) => value instanceof Special && value.callable],
  defined: ["", (value) => !isUndefined(value)],
  divisibleby: ["num", (value, [num], run) => remainder(value, num as Value, run) === 0],
  escaped: ["", () => false],
  even: ["", (value, _, run) => remainder(value, 2, run) === 0],
  false: ["", (value) => value === false],
  filter: ["", (value, _, run) => typeof value === "string" && run.library.hasFilter(value)],
  float: ["", (value) => value instanceof Float],
  in: ["seq", (value, [container], run) => contains(container as Value, value, run)],
  integer: ["", (value) => typeof value === "number" || typeof value === "bigint"],
  iterable: ["", (value, _, run) => isIterable(value, run)],
  lower: ["", (value, _, run) => isCased(textOf(value, run), "lower")],
  mapping: ["", (value) => value instanceof Dict],
  none: ["", (value) => value === null],
  number: ["", (value) => numeric(value) !== undefined],
  odd: ["", (value, _, run) => remainder(value, 2, run) === 1],
  sameas: ["other", (value, [other]) => value === other || sameFloat(value, other as Value)],
  sequence: ["", (value) => isSequence(value)],
  string: ["", (value) => typeof value === "string"],
  test: ["", (value, _, run) => typeof value === "string" && run.library.hasTest(value)],
  true: ["", (value) => value === true],
  undefined: ["", (value) => isUndefined(value)],
  upper: ["", (value, _, run) => isCased(textOf(value, run), "upper")],
  ...comparisons("==", ["==", "eq", "equalto"]),
  ...comparisons("!=", ["!=", "ne"]),
  ...comparisons(">", [">", "gt", "greaterthan"]),
  ...comparisons(">=", [">=", "ge"]),
  ...comparisons("<", ["<", "lt", "lessthan"]),
  ...comparisons("<=", ["<=", "le"]),
});

function comparisons(operator: CompareOperator, names: readonly string[]) {
  const test = (value: Value, [other]: Bound, run: Run): boolean =>
    compare(operator, value, other as Value, run);
  return Object.fromEntries(names.map((name) => [name, ["other", test] as const]));
}

function remainder(value: Value, divisor: Value, run: Run): number {
  const rest = arithmetic("%", value, divisor, run);
  for (const whole of [0, 1]) if (typeof rest !== "string" && equals(rest, whole, run)) return whole;
  return -1;
}

function isIterable(value: Value, run: Run): boolean {
  if (value instanceof Undefined) return value.elements().length === 0;
  return value instanceof Special
    ? value.size() !== undefined || value.type === "generator"
    : elementsIfAny(value, run) !== undefined;
}

/** Python's test asks for a length and for items by index. */
function isSequence(value: Value): boolean {
  if (value instanceof Undefined) return value.mode !== "strict" && lengthOf(value) === 0;
  return !(value instanceof Special) || value instanceof Range ? lengthOf(value) !== undefined : false;
}

function sameFloat(value: Value, other: Value): boolean {
  return value instanceof Float && other instanceof Float && value.value === other.value;
}
