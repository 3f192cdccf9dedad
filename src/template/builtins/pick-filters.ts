import type { Run } from "../runtime/run.js";
import { elementsOf } from "../values/elements.js";
import { isTrue } from "../values/kinds.js";
import { Stream } from "../values/stream.js";
import { attribute, type Site } from "../values/subscript.js";
import { Dict } from "../values/dict.js";
import { typeError } from "../values/undefined.js";
import type { Args, Value } from "../values/value.js";
import { invoke, tableOf, toText, type Table } from "./builtin.js";
import { attributeReader } from "./order.js";

/** Filters that apply another filter or a test to each item. */
export const pickFilters: Table = tableOf("filter", {
  attr: ["name", (value, [name], run) => namedAttribute(value, toText(name, "name"), run)],
  map: { anyArguments: map },
  reject: { anyArguments: (value, args, run) => pick(value, args, { run, keep: false, byAttribute: false }) },
  rejectattr: {
    anyArguments: (value, args, run) => pick(value, args, { run, keep: false, byAttribute: true }),
  },
  select: { anyArguments: (value, args, run) => pick(value, args, { run, keep: true, byAttribute: false }) },
  selectattr: {
    anyArguments: (value, args, run) => pick(value, args, { run, keep: true, byAttribute: true }),
  },
});

/** Unlike `value.name`, never the key of a dict. */
function namedAttribute(value: Value, name: string, run: Run): Value {
  const site: Site = { source: run.source, at: run.at };
  return attribute(value instanceof Dict ? new Dict() : value, name, site, run);
}

function map(value: Value, args: Args, run: Run): Value {
  const change = args.positional.length === 0 ? mapAttribute(args, run) : mapFilter(args, run);
  return new Stream(elementsOf(value, run).map(change));
}

function mapAttribute({ named }: Args, run: Run): (item: Value) => Value {
  const attribute = named.get("attribute");
  if (attribute === undefined) throw typeError("filter `map` needs the name of a filter, or `attribute=`");
  const unknown = [...named.keys()].find((name) => name !== "attribute" && name !== "default");
  if (unknown !== undefined) throw typeError(`filter \`map\` has no argument \`${unknown}\``);
  return attributeReader(attribute, run, { otherwise: named.get("default") });
}

function mapFilter({ positional, named }: Args, run: Run): (item: Value) => Value {
  const [name, ...rest] = positional;
  const filter = run.library.filter(toText(name, "the filter of `map`"));
  return (item) => invoke(filter, item, { positional: rest, named }, run);
}

interface Picking {
  readonly run: Run;
  /** Whether items that pass are kept or dropped. */
  readonly keep: boolean;
  /** Whether the first argument names the attribute to look at. */
  readonly byAttribute: boolean;
}

function pick(value: Value, { positional, named }: Args, { run, keep, byAttribute }: Picking): Value {
  const [attribute] = positional;
  if (byAttribute && attribute === undefined) throw typeError("the name of the attribute is missing");
  const read = attributeReader(byAttribute ? attribute : undefined, run);
  const [name, ...rest] = positional.slice(byAttribute ? 1 : 0);
  const test = name === undefined ? null : run.library.test(toText(name, "the test of `select`"));
  const passes = (item: Value): boolean => {
    const own = read(item);
    return isTrue(test === null ? own : invoke(test, own, { positional: rest, named }, run));
  };
  return new Stream(elementsOf(value, run).filter((item) => passes(item) === keep));
}
