import type { Run } from "../runtime/run.js";
import { order } from "../values/compare.js";
import { Dict } from "../values/dict.js";
import { isPromptSyncError } from "../../core/errors.js";
import { typeName } from "../values/kinds.js";
import { repr } from "../values/text.js";
import { Tuple, type Value } from "../values/value.js";
import { tableOf, type Table } from "./builtin.js";

const width = 80;

/** `pprint`, as Python's `pprint.pformat`: keys in order, one item a line when a line gets longer than 80. */
export const prettyFilters: Table = tableOf("filter", {
  pprint: ["", (value, _, run) => pretty(value, { indent: 0, room: 0, run })],
});

interface Placed {
  /** Columns before the value. */
  readonly indent: number;
  /** Columns that closing brackets and commas need after it. */
  readonly room: number;
  readonly run: Run;
}

function pretty(value: Value, { indent, room, run }: Placed): string {
  const sorted = inOrder(value, run);
  const flat = repr(sorted, run);
  if (flat.length <= width - indent - room) return flat;
  const place = { indent: indent + 1, run };
  const broken = (items: readonly Value[], last: number): string =>
    items
      .map((item, index) => pretty(item, { ...place, room: index === items.length - 1 ? last : 1 }))
      .join(`,\n${" ".repeat(indent + 1)}`);
  if (Array.isArray(sorted)) return `[${broken(sorted, room + 1)}]`;
  if (sorted instanceof Tuple) {
    return sorted.items.length === 1
      ? `(${broken(sorted.items, room + 2)},)`
      : `(${broken(sorted.items, room + 1)})`;
  }
  if (!(sorted instanceof Dict)) return flat;
  const pairs = sorted.pairs().map(([key, item], index) => {
    const name = `${repr(key, run)}: `;
    const after = index === sorted.size - 1 ? room + 1 : 1;
    return name + pretty(item, { indent: indent + 1 + name.length, room: after, run });
  });
  return `{${pairs.join(`,\n${" ".repeat(indent + 1)}`)}}`;
}

/** The value with all dicts in the order of their keys. */
function inOrder(value: Value, run: Run): Value {
  run.charge(1);
  if (Array.isArray(value)) return value.map((item) => inOrder(item, run));
  if (value instanceof Tuple) return new Tuple(value.items.map((item) => inOrder(item, run)));
  if (!(value instanceof Dict)) return value;
  const pairs = value.pairs().map(([key, item]) => [key, inOrder(item, run)] as const);
  return Dict.of(pairs.sort(([a], [b]) => safeOrder(a, b, run)));
}

/** Keys that Python does not order stand in the order of their types' names, as `pprint` has them. */
function safeOrder(a: Value, b: Value, run: Run): number {
  try {
    return order(a, b, { run, operator: "<" });
  } catch (error) {
    if (!isPromptSyncError(error) || error.code !== "TEMPLATE_TYPE") throw error;
    return typeName(a) < typeName(b) ? -1 : 1;
  }
}
