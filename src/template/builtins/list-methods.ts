import type { Run } from "../runtime/run.js";
import { equals } from "../values/compare.js";
import { elementsOf } from "../values/elements.js";
import { isTrue } from "../values/kinds.js";
import { repr } from "../values/text.js";
import { typeError } from "../values/undefined.js";
import type { Float } from "../values/value.js";
import { type Tuple, type Value } from "../values/value.js";
import { tableOf, toInteger, toTruth, type Bound, type Table } from "./builtin.js";
import { sorted } from "./order.js";

const list = (value: Value): Value[] => value as Value[];

/** Methods of `list`. They change the template's own copy; the caller's list stays as it is. */
export const listMethods: Table = tableOf("method", {
  append: ["item", (items, [item], run) => changed(items, run, () => void list(items).push(item as Value))],
  clear: ["", (items, _, run) => changed(items, run, () => void (list(items).length = 0))],
  copy: ["", (items, _, run) => run.made([...list(items)])],
  count: ["item", (items, [item], run) => matching(list(items), item as Value, run)],
  extend: [
    "items",
    (items, [more], run) => changed(items, run, () => void extend(list(items), more as Value, run)),
  ],
  index: ["item start? stop?", (items, args, run) => position(list(items), args, run)],
  insert: [
    "index item",
    (items, [at, item], run) => changed(items, run, () => void insert(items, at, item as Value)),
  ],
  pop: ["index?", (items, [at]) => popped(list(items), toInteger(at, "index", -1))],
  remove: [
    "item",
    (items, args, run) => changed(items, run, () => list(items).splice(position(list(items), args, run), 1)),
  ],
  reverse: ["", (items, _, run) => changed(items, run, () => list(items).reverse())],
  sort: [
    "reverse?",
    (items, [reverse], run) => changed(items, run, () => sortInPlace(list(items), toTruth(reverse), run)),
  ],
});

/** Methods of `tuple`. */
export const tupleMethods: Table = tableOf("method", {
  count: ["item", (tuple, [item], run) => matching((tuple as Tuple).items, item as Value, run)],
  index: ["item start? stop?", (tuple, args, run) => position((tuple as Tuple).items, args, run)],
});

/** Methods of `float`. */
export const floatMethods: Table = tableOf("method", {
  is_integer: ["", (value) => Number.isInteger((value as Float).value)],
});

/** Python's changing methods give `None`. */
function changed(items: Value, run: Run, change: () => void): null {
  run.charge(1 + (list(items).length >> 6));
  change();
  return null;
}

function extend(items: Value[], more: Value, run: Run): void {
  for (const item of run.made([...elementsOf(more, run)])) items.push(item);
}

function insert(items: Value, at: Value | undefined, item: Value): void {
  list(items).splice(toInteger(at, "index"), 0, item);
}

function sortInPlace(items: Value[], reverse: boolean, run: Run): void {
  for (const [index, item] of sorted(items, (one) => one, { reverse, run }).entries()) items[index] = item;
}

function matching(items: readonly Value[], item: Value, run: Run): number {
  run.charge(items.length);
  return items.filter((one) => equals(one, item, run)).length;
}

function position(items: readonly Value[], [item, start, stop]: Bound, run: Run): number {
  run.charge(items.length);
  const from = toInteger(start, "start", 0);
  const place = from < 0 ? Math.max(0, from + items.length) : from;
  const end = stop === undefined ? items.length : items.slice(0, toInteger(stop, "stop")).length;
  for (let index = place; index < end; index += 1) {
    if (equals(items[index] as Value, item as Value, run)) return index;
  }
  throw typeError(`${repr(item as Value, run)} is not in the list`);
}

function popped(items: Value[], at: number): Value {
  const index = at < 0 ? at + items.length : at;
  const [item] = index < 0 ? [] : items.splice(index, 1);
  if (item !== undefined) return item;
  throw typeError(isTrue(items) ? `the list has no item ${at}` : "there is nothing left in the list");
}
