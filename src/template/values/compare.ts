import type { Run } from "../runtime/run.js";
import { toDouble } from "./arithmetic.js";
import { Dict } from "./dict.js";
import { elementsOf } from "./elements.js";
import { numeric, typeName } from "./kinds.js";
import { Range } from "./range.js";
import { Special } from "./special.js";
import { isUndefined, typeError } from "./undefined.js";
import { DictView } from "./view.js";
import { Float, Tuple, type Value } from "./value.js";

/** The operators of a comparison chain. */
export type CompareOperator = "==" | "!=" | "<" | "<=" | ">" | ">=" | "in" | "not in";

/** `left operator right` as Python compares. */
export function compare(operator: CompareOperator, left: Value, right: Value, run: Run): boolean {
  switch (operator) {
    case "==":
      return equals(left, right, run);
    case "!=":
      return !equals(left, right, run);
    case "in":
      return contains(right, left, run);
    case "not in":
      return !contains(right, left, run);
    case "<":
      return order(left, right, { run, operator }) < 0;
    case "<=":
      return order(left, right, { run, operator }) <= 0;
    case ">":
      return order(left, right, { run, operator }) > 0;
    case ">=":
      return order(left, right, { run, operator }) >= 0;
  }
}

/** Python's `==`: numbers and booleans by value, lists, tuples and dicts by their members. */
export function equals(left: Value, right: Value, run: Run): boolean {
  if (typeof left === "string" && typeof right === "string") return left === right;
  if (isUndefined(left) || isUndefined(right)) return equalsUndefined(left, right);
  if (left === right) return true;
  const a = numeric(left);
  const b = numeric(right);
  if (a !== undefined && b !== undefined) return sameNumber(a, b);
  if (Array.isArray(left) && Array.isArray(right)) return sameItems(left, right, run);
  if (left instanceof Tuple && right instanceof Tuple) return sameItems(left.items, right.items, run);
  if (left instanceof Dict && right instanceof Dict) {
    if (left.size !== right.size) return false;
    run.charge(left.size);
    return left.pairs().every(([key, value]) => {
      const other = right.get(key);
      return other !== undefined && equals(value, other, run);
    });
  }
  return left instanceof Range && right instanceof Range && sameItems(left.list(run), right.list(run), run);
}

function equalsUndefined(left: Value, right: Value): boolean {
  for (const side of [left, right]) if (isUndefined(side) && side.mode === "strict") side.fail();
  return isUndefined(left) && isUndefined(right);
}

function sameNumber(a: number | bigint | Float, b: number | bigint | Float): boolean {
  if (a instanceof Float || b instanceof Float) {
    const x = a instanceof Float ? a.value : a;
    const y = b instanceof Float ? b.value : b;
    // JavaScript compares a bigint with a double exactly, as Python does.
    return x == y; // eslint-disable-line eqeqeq -- the only way to compare across the two number types
  }
  return a === b;
}

function sameItems(left: readonly Value[], right: readonly Value[], run: Run): boolean {
  if (left.length !== right.length) return false;
  run.charge(left.length);
  return left.every((item, index) => {
    const other = right[index] as Value;
    return item === other || equals(item, other, run);
  });
}

interface Ordering {
  readonly run: Run;
  readonly operator: string;
}

/**
 * Below zero, zero or above zero; NaN for an unordered pair of floats.
 * @throws PromptSyncError `TEMPLATE_TYPE` when Python does not order the two
 */
export function order(left: Value, right: Value, { run, operator }: Ordering): number {
  if (isUndefined(left)) left.fail();
  if (isUndefined(right)) right.fail();
  if (typeof left === "string" && typeof right === "string") return orderText(left, right);
  const a = numeric(left);
  const b = numeric(right);
  if (a !== undefined && b !== undefined) return orderNumbers(a, b);
  const items = Array.isArray(left) && Array.isArray(right) ? { left, right } : tuples(left, right);
  if (items === null) {
    throw typeError(`\`${operator}\` does not order a ${typeName(left)} and a ${typeName(right)}`);
  }
  const shared = Math.min(items.left.length, items.right.length);
  for (let index = 0; index < shared; index += 1) {
    run.charge(1);
    const [x, y] = [items.left[index] as Value, items.right[index] as Value];
    if (!equals(x, y, run)) return order(x, y, { run, operator });
  }
  return items.left.length - items.right.length;
}

function tuples(left: Value, right: Value): { left: readonly Value[]; right: readonly Value[] } | null {
  return left instanceof Tuple && right instanceof Tuple ? { left: left.items, right: right.items } : null;
}

function orderNumbers(a: number | bigint | Float, b: number | bigint | Float): number {
  const x = a instanceof Float ? a.value : a;
  const y = b instanceof Float ? b.value : b;
  if (x < y) return -1;
  if (x > y) return 1;
  return Number.isNaN(toDouble(a)) || Number.isNaN(toDouble(b)) ? NaN : 0;
}

/** By code point, as Python orders; JavaScript's own order differs above U+FFFF. */
function orderText(left: string, right: string): number {
  if (left === right) return 0;
  const shared = Math.min(left.length, right.length);
  let index = 0;
  while (index < shared && left.charCodeAt(index) === right.charCodeAt(index)) index += 1;
  if (index === shared) return left.length - right.length;
  const rank = (unit: number): number =>
    unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
  return rank(left.charCodeAt(index)) - rank(right.charCodeAt(index));
}

/** Python's `item in container`. */
export function contains(container: Value, item: Value, run: Run): boolean {
  if (isUndefined(container)) return container.mode === "strict" ? container.fail() : false;
  if (typeof container === "string") {
    if (isUndefined(item)) item.fail();
    run.charge(container.length >> 6);
    if (typeof item === "string") return container.includes(item);
    throw typeError(`\`in\` looks for a text in a text, not for a ${typeName(item)}`);
  }
  if (container instanceof Dict) return container.has(item);
  if (container instanceof DictView && container.kind === "keys") return container.dict.has(item);
  if (container instanceof Range && typeof item === "number") return container.has(item);
  if (Array.isArray(container) || container instanceof Tuple || container instanceof Special) {
    const items = elementsOf(container, run);
    run.charge(items.length);
    return items.some((element) => element === item || equals(element, item, run));
  }
  throw typeError(`\`in\` does not look into a ${typeName(container)}`);
}
