import type { Run } from "../runtime/run.js";
import { compare } from "../values/compare.js";
import { Dict, keyOf } from "../values/dict.js";
import { elementsIfAny, elementsOf, lengthOf } from "../values/elements.js";
import { typeName } from "../values/kinds.js";
import { Stream } from "../values/stream.js";
import { isUndefined, missing, typeError } from "../values/undefined.js";
import { characters } from "../values/characters.js";
import { Tuple, type Value } from "../values/value.js";
import { tableOf, toInteger, toText, toTruth, type Bound, type Table } from "./builtin.js";
import { attributeReader, attributesReader, ignoreCase, runsOf, sorted } from "./order.js";

/** Filters for lists, dicts and whatever else can be looped over. */
export const sequenceFilters: Table = tableOf("filter", {
  batch: ["linecount fill_with?", batch],
  count: ["", length],
  dictsort: ["case_sensitive? by? reverse?", dictSort],
  first: ["", (value, _, run) => first(value, run)],
  groupby: ["attribute default? case_sensitive?", groupBy],
  items: ["", items],
  last: ["", (value, _, run) => last(value, run)],
  length: ["", length],
  list: ["", (value, _, run) => run.made([...elementsOf(value, run)])],
  max: ["case_sensitive? attribute?", (value, args, run) => extreme(value, args, { run, operator: ">" })],
  min: ["case_sensitive? attribute?", (value, args, run) => extreme(value, args, { run, operator: "<" })],
  reverse: ["", reverse],
  slice: ["slices fill_with?", slices],
  sort: ["reverse? case_sensitive? attribute?", sort],
  unique: ["case_sensitive? attribute?", unique],
});

function length(value: Value): Value {
  const size = lengthOf(value);
  if (size === undefined) {
    const hint = value instanceof Stream ? "make a list of it first: `| list | length`" : undefined;
    throw typeError(`a ${typeName(value)} has no length`, hint);
  }
  return size;
}

function batch(value: Value, [linecount, fill]: Bound, run: Run): Value {
  const size = toInteger(linecount, "linecount");
  const lines: Value[][] = [];
  for (const item of elementsOf(value, run)) {
    const line = lines.at(-1);
    if (line === undefined || line.length === size) lines.push([item]);
    else line.push(item);
  }
  const line = lines.at(-1);
  if (line !== undefined && fill !== undefined && fill !== null) {
    run.charge(Math.max(0, size - line.length));
    while (line.length < size) line.push(fill);
  }
  return new Stream(run.made(lines));
}

function slices(value: Value, [count, fill]: Bound, run: Run): Value {
  const all = elementsOf(value, run);
  const number = toInteger(count, "slices");
  if (number === 0) throw typeError("filter `slice` cannot make zero slices");
  run.charge(Math.max(0, number));
  const columns: Value[][] = [];
  const longer = all.length % number;
  let at = 0;
  for (let index = 0; index < number; index += 1) {
    const end = at + Math.floor(all.length / number) + (index < longer ? 1 : 0);
    const column = all.slice(at, end);
    if (fill !== undefined && fill !== null && index >= longer) column.push(fill);
    columns.push(column);
    at = end;
  }
  return new Stream(columns);
}

function dictSort(value: Value, [caseSensitive, by, reversed]: Bound, run: Run): Value {
  if (isUndefined(value)) value.fail();
  if (!(value instanceof Dict)) throw typeError(`filter \`dictsort\` takes a dict, not a ${typeName(value)}`);
  const side = toText(by, "by", "key");
  if (side !== "key" && side !== "value") throw typeError('`by` of `dictsort` is "key" or "value"');
  const pairs = value.pairs().map((pair) => new Tuple(pair));
  const key = (pair: Value): Value => {
    const own = (pair as Tuple).items[side === "key" ? 0 : 1] as Value;
    return toTruth(caseSensitive) ? own : ignoreCase(own);
  };
  return sorted(pairs, key, { reverse: toTruth(reversed), run });
}

function first(value: Value, run: Run): Value {
  const own = value instanceof Stream ? value.next() : elementsOf(value, run)[0];
  return own === undefined ? missing(run, "`first` of nothing: the sequence is empty") : own;
}

function last(value: Value, run: Run): Value {
  if (value instanceof Stream)
    throw typeError("`last` does not take the result of a filter", "add `| list` before it");
  const own = elementsOf(value, run).at(-1);
  return own === undefined ? missing(run, "`last` of nothing: the sequence is empty") : own;
}

function groupBy(value: Value, [attribute, otherwise, caseSensitive]: Bound, run: Run): Value {
  const read = attributeReader(attribute, run, { otherwise });
  const key = toTruth(caseSensitive) ? read : attributeReader(attribute, run, { otherwise, fold: true });
  const groups = runsOf(sorted(elementsOf(value, run), key, { reverse: false, run }), key, run);
  return groups.map((group) => new Tuple([read(group[0] as Value), group], ["grouper", "list"]));
}

function items(value: Value): Value {
  if (isUndefined(value)) return new Stream([]);
  if (!(value instanceof Dict)) throw typeError(`filter \`items\` takes a dict, not a ${typeName(value)}`);
  return new Stream(value.pairs().map((pair) => new Tuple(pair)));
}

function extreme(
  value: Value,
  [caseSensitive, attribute]: Bound,
  { run, operator }: { readonly run: Run; readonly operator: "<" | ">" },
): Value {
  const read = attributeReader(attribute, run, { fold: !toTruth(caseSensitive) });
  let best: Value | undefined;
  let bestKey: Value = null;
  for (const item of elementsOf(value, run)) {
    run.charge(1);
    const key = read(item);
    if (best !== undefined && !compare(operator, key, bestKey, run)) continue;
    best = item;
    bestKey = key;
  }
  return best === undefined
    ? missing(run, "there is no smallest or largest item: the sequence is empty")
    : best;
}

function reverse(value: Value, _: Bound, run: Run): Value {
  if (typeof value === "string") return characters(value).reverse().join("");
  const all = elementsIfAny(value, run);
  if (all === undefined)
    throw typeError(`filter \`reverse\` takes a text or a sequence, not a ${typeName(value)}`);
  const reversed = run.made([...all].reverse());
  return value instanceof Stream ? reversed : new Stream(reversed);
}

function sort(value: Value, [reversed, caseSensitive, attribute]: Bound, run: Run): Value {
  const read = attributesReader(attribute, run, !toTruth(caseSensitive));
  return sorted(elementsOf(value, run), read, { reverse: toTruth(reversed), run });
}

function unique(value: Value, [caseSensitive, attribute]: Bound, run: Run): Value {
  const read = attributeReader(attribute, run, { fold: !toTruth(caseSensitive) });
  const seen = new Set<unknown>();
  const kept = elementsOf(value, run).filter((item) => {
    const key = keyOf(read(item));
    return !seen.has(key) && seen.add(key) !== undefined;
  });
  return new Stream(kept);
}
