import type { Run } from "../runtime/run.js";
import { equals, order } from "../values/compare.js";
import { item } from "../values/subscript.js";
import { isUndefined } from "../values/undefined.js";
import type { Value } from "../values/value.js";

/** What a value is sorted, grouped or compared by. */
export type KeyOf = (value: Value) => Value;

/** A stable sort as Python's `sorted`; equal values keep their order when reversed, too. */
export function sorted(
  items: readonly Value[],
  key: KeyOf,
  { reverse, run }: { readonly reverse: boolean; readonly run: Run },
): Value[] {
  const keyed = items.map((value) => ({ value, key: key(value) }));
  run.charge(items.length);
  const direction = reverse ? -1 : 1;
  keyed.sort((a, b) => {
    run.charge(1);
    return direction * order(a.key, b.key, { run, operator: "<" });
  });
  return keyed.map(({ value }) => value);
}

/** Items with equal keys that stand beside each other, as `itertools.groupby` makes them. */
export function runsOf(items: readonly Value[], key: KeyOf, run: Run): Value[][] {
  const groups: Value[][] = [];
  let last: Value | undefined;
  for (const value of items) {
    const own = key(value);
    if (last !== undefined && equals(last, own, run)) groups.at(-1)?.push(value);
    else groups.push([value]);
    last = own;
  }
  return groups;
}

/** A text in lower case; anything else as it is. */
export function ignoreCase(value: Value): Value {
  return typeof value === "string" ? value.toLowerCase() : value;
}

/** What reads an attribute such as `"address.city"` or `"0"` or `1`; without one, the value itself. */
export function attributeReader(
  attribute: Value | undefined,
  run: Run,
  options: { readonly fold?: boolean; readonly otherwise?: Value | undefined } = {},
): KeyOf {
  const steps = stepsOf(attribute);
  const site = { source: run.source, at: run.at };
  return (value) => {
    let own = value;
    for (const step of steps) {
      own = item(own, step, site, run);
      if (isUndefined(own) && options.otherwise !== undefined && options.otherwise !== null)
        own = options.otherwise;
    }
    return options.fold === true ? ignoreCase(own) : own;
  };
}

/** Reads several attributes, such as `"age,name"`, as a list. */
export function attributesReader(attribute: Value | undefined, run: Run, fold: boolean): KeyOf {
  const names = typeof attribute === "string" ? attribute.split(",") : [attribute];
  const readers = names.map((name) => attributeReader(name, run, { fold }));
  return (value) => readers.map((reader) => reader(value));
}

function stepsOf(attribute: Value | undefined): readonly Value[] {
  if (attribute === undefined || attribute === null) return [];
  if (typeof attribute !== "string") return [attribute];
  return attribute.split(".").map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}
