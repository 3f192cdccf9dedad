import type { Run } from "../runtime/run.js";
import { Dict } from "../values/dict.js";
import { elementsOf } from "../values/elements.js";
import { repr } from "../values/text.js";
import { typeError } from "../values/undefined.js";
import { DictView } from "../values/view.js";
import { Tuple, type Args, type Value } from "../values/value.js";
import { tableOf, type Table } from "./builtin.js";

const dict = (value: Value): Dict => value as Dict;

/** Methods of `dict`. They change the template's own copy; the caller's object stays as it is. */
export const dictMethods: Table = tableOf("method", {
  clear: ["", (items) => (dict(items).clear(), null)],
  copy: ["", (items, _, run) => Dict.of(run.made(dict(items).pairs()))],
  get: ["key default?", (items, [key, otherwise]) => found(dict(items), key as Value, otherwise ?? null)],
  items: ["", (items) => new DictView(dict(items), "items")],
  keys: ["", (items) => new DictView(dict(items), "keys")],
  pop: [
    "key default?",
    (items, [key, otherwise], run) => popped(dict(items), [key as Value, otherwise], run),
  ],
  popitem: ["", (items) => poppedItem(dict(items))],
  setdefault: [
    "key default?",
    (items, [key, otherwise]) => existing(dict(items), key as Value, otherwise ?? null),
  ],
  update: { anyArguments: (items, args, run) => updated(dict(items), args, run) },
  values: ["", (items) => new DictView(dict(items), "values")],
});

function found(items: Dict, key: Value, otherwise: Value): Value {
  const value = items.get(key);
  return value === undefined ? otherwise : value;
}

function popped(items: Dict, [key, otherwise]: readonly [Value, Value | undefined], run: Run): Value {
  const value = items.get(key);
  items.delete(key);
  const result = value === undefined ? otherwise : value;
  if (result === undefined) throw typeError(`the dict has no key ${repr(key, run)}`);
  return result;
}

function poppedItem(items: Dict): Tuple {
  const last = items.pairs().at(-1);
  if (last === undefined) throw typeError("there is nothing left in the dict");
  items.delete(last[0]);
  return new Tuple(last);
}

function existing(items: Dict, key: Value, otherwise: Value): Value {
  const value = items.get(key);
  if (value !== undefined) return value;
  items.set(key, otherwise);
  return otherwise;
}

function updated(items: Dict, args: Args, run: Run): null {
  for (const [key, value] of pairsOf(args, run)) items.set(key, value);
  return null;
}

/** What `dict(…)` and `update(…)` take: a dict or pairs, then named values. */
export function pairsOf({ positional, named }: Args, run: Run): (readonly [Value, Value])[] {
  const [first] = positional;
  if (positional.length > 1) throw typeError(`a dict is made of one value, not of ${positional.length}`);
  const given =
    first === undefined
      ? []
      : first instanceof Dict
        ? first.pairs()
        : elementsOf(first, run).map(pairOf(run));
  run.charge(given.length);
  return [...given, ...named];
}

function pairOf(run: Run): (item: Value) => readonly [Value, Value] {
  return (item) => {
    const [key, value, ...rest] = elementsOf(item, run);
    if (key === undefined || value === undefined || rest.length > 0)
      throw typeError("a dict is made of pairs");
    return [key, value];
  };
}
