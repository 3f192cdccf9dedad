import { PromptSyncError } from "../../core/errors.js";
import type { Run } from "../runtime/run.js";
import { isTrue, numeric, typeName } from "../values/kinds.js";
import { isUndefined, typeError } from "../values/undefined.js";
import { Dict } from "../values/dict.js";
import { Float, Tuple, type Args, type Value } from "../values/value.js";

/** The arguments of a call in the order of the parameters; undefined where one was left out. */
export type Bound = readonly (Value | undefined)[];

/**
 * A filter, test, global function or method. What it is applied to comes first (the piped value of a filter, the
 * object of a method); `parameters` are what stands in the parentheses.
 */
export type Builtin = {
  readonly name: string;
  readonly kind: "filter" | "test" | "function" | "method";
} & (
  | {
      readonly parameters: readonly string[];
      /** How many of the parameters must be given. */
      readonly required: number;
      readonly apply: (subject: Value, args: Bound, run: Run) => Value;
    }
  | {
      /** Takes any arguments. */
      readonly parameters: null;
      readonly apply: (subject: Value, args: Args, run: Run) => Value;
    }
);

/** What {@link tableOf} takes: parameters such as `"length end? leeway?"` and what it does, or only that. */
export type Definitions = Readonly<
  Record<
    string,
    | readonly [parameters: string, apply: (subject: Value, args: Bound, run: Run) => Value]
    | { readonly anyArguments: (subject: Value, args: Args, run: Run) => Value }
  >
>;

/** Builtins by name. */
export type Table = ReadonlyMap<string, Builtin>;

/** A table of builtins of one kind. */
export function tableOf(kind: Builtin["kind"], definitions: Definitions): Table {
  const table = new Map<string, Builtin>();
  for (const [name, definition] of Object.entries(definitions)) {
    if ("anyArguments" in definition) {
      table.set(name, { name, kind, parameters: null, apply: definition.anyArguments });
      continue;
    }
    const [parameters, apply] = definition;
    const words = parameters.split(" ").filter((word) => word !== "");
    const required = words.filter((word) => !word.endsWith("?")).length;
    table.set(name, { name, kind, parameters: words.map((word) => word.replace("?", "")), required, apply });
  }
  return table;
}

/** Puts positional and named arguments into the order of the parameters; `place` says which parameter is which. */
export function bind<Item>(
  builtin: Builtin & { readonly parameters: readonly string[] },
  positional: readonly Item[],
  named: Iterable<readonly [string, Item]>,
): (Item | undefined)[] {
  const { kind, name, parameters, required } = builtin;
  const refuse = (why: string): PromptSyncError => {
    const hint = parameters.length === 0 ? "it takes no argument" : `it takes ${parameters.join(", ")}`;
    return new PromptSyncError("TEMPLATE_TYPE", `${kind} \`${name}\` ${why}`, { hint });
  };
  if (positional.length > parameters.length) throw refuse(`got ${positional.length} arguments`);
  const bound: (Item | undefined)[] = parameters.map((_, index) => positional[index]);
  for (const [key, value] of named) {
    const index = parameters.indexOf(key);
    if (index === -1) throw refuse(`has no argument \`${key}\``);
    if (bound[index] !== undefined) throw refuse(`got \`${key}\` twice`);
    bound[index] = value;
  }
  const absent = parameters.slice(0, required).find((_, index) => bound[index] === undefined);
  if (absent !== undefined) throw refuse(`needs the argument \`${absent}\``);
  return bound;
}

/** Calls a builtin and charges for the size of what goes in and comes out. */
export function invoke(builtin: Builtin, subject: Value, args: Args, run: Run): Value {
  run.charge(1 + weight(subject));
  const result =
    builtin.parameters === null
      ? builtin.apply(subject, args, run)
      : builtin.apply(subject, bind(builtin, args.positional, args.named), run);
  run.charge(weight(result));
  return result;
}

/** Calls a builtin whose arguments are in order already. */
export function invokeBound(
  builtin: Builtin & { readonly parameters: readonly string[] },
  subject: Value,
  args: Bound,
  run: Run,
): Value {
  run.charge(1 + weight(subject));
  const result = builtin.apply(subject, args, run);
  if (typeof result === "string" && result.length > 64) run.allow(result.length);
  return result;
}

/** Roughly how many steps it takes to look at all of a value once. */
function weight(value: Value): number {
  if (typeof value === "string") return value.length >> 6;
  if (typeof value !== "object" || value === null) return 0;
  if (Array.isArray(value)) return value.length;
  if (value instanceof Dict) return value.size;
  return value instanceof Tuple ? value.items.length : 0;
}

/** An argument as a whole number; `otherwise` when it was left out. */
export function toInteger(value: Value | undefined, name: string, otherwise?: number): number {
  if (value === undefined && otherwise !== undefined) return otherwise;
  if (value !== undefined && isUndefined(value)) value.fail();
  const number = value === undefined ? undefined : numeric(value);
  if (number === undefined || number instanceof Float) {
    throw typeError(`\`${name}\` takes a whole number, not a ${typeName(value ?? null)}`);
  }
  return Number(number);
}

/** An argument as text; `otherwise` when it was left out. No other value is turned into text. */
export function toText(value: Value | undefined, name: string, otherwise?: string): string {
  if (value === undefined && otherwise !== undefined) return otherwise;
  if (value !== undefined && isUndefined(value)) value.fail();
  if (typeof value !== "string")
    throw typeError(`\`${name}\` takes a text, not a ${typeName(value ?? null)}`);
  return value;
}

/** An argument as yes or no; no when it was left out. */
export function toTruth(value: Value | undefined): boolean {
  return value !== undefined && isTrue(value);
}
