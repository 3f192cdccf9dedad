import type { Run } from "../runtime/run.js";
import { Dict } from "../values/dict.js";
import { Range } from "../values/range.js";
import { Special } from "../values/special.js";
import { reprText, textOf } from "../values/text.js";
import { typeError } from "../values/undefined.js";
import type { Args, Value } from "../values/value.js";
import { invoke, tableOf, toInteger, toText, type Builtin, type Table } from "./builtin.js";
import { pairsOf } from "./dict-methods.js";
import { Namespace } from "./namespace.js";

/** Every function that a template may call by its bare name. `lipsum` is missing: it is random. */
export const globals: Table = tableOf("function", {
  cycler: { anyArguments: (_, { positional }) => new Cycler(positional) },
  dict: { anyArguments: (_, args, run) => Dict.of(pairsOf(args, run)) },
  joiner: ["sep?", (_, [sep], run) => new Joiner(sep === undefined ? ", " : textOf(sep, run))],
  namespace: { anyArguments: (_, args, run) => new Namespace(pairsOf(args, run)) },
  range: ["start stop? step?", (_, args) => range(args.map((arg, index) => rangePart(arg, index)))],
});

function rangePart(arg: Value | undefined, index: number): number | undefined {
  return arg === undefined ? undefined : toInteger(arg, ["start", "stop", "step"][index] ?? "");
}

function range([start = 0, stop, step = 1]: readonly (number | undefined)[]): Range {
  if (step === 0) throw typeError("the third argument of `range` is zero");
  return stop === undefined ? new Range(0, start, 1) : new Range(start, stop, step);
}

/** A global function as a value: `{% set r = range %}`. */
export class GlobalFunction extends Special {
  readonly type = "function";

  constructor(readonly builtin: Builtin) {
    super();
  }

  override get callable(): boolean {
    return true;
  }

  override call(args: Args, run: Run): Value {
    return invoke(this.builtin, null, args, run);
  }
}

/** What `cycler("odd", "even")` gives. */
class Cycler extends Special {
  readonly type = "Cycler";
  #at = 0;

  constructor(readonly items: readonly Value[]) {
    super();
    if (items.length === 0) throw typeError("`cycler` needs at least one item");
  }

  override attribute(name: string): Value | undefined {
    if (name === "current") return this.items[this.#at];
    if (name === "next") return new GlobalFunction(this.#method("next", () => this.#next()));
    return name === "reset" ? new GlobalFunction(this.#method("reset", () => this.#reset())) : undefined;
  }

  #method(name: string, apply: () => Value): Builtin {
    return { name, kind: "method", parameters: [], required: 0, apply };
  }

  #next(): Value {
    const item = this.items[this.#at] as Value;
    this.#at = (this.#at + 1) % this.items.length;
    return item;
  }

  #reset(): Value {
    this.#at = 0;
    return null;
  }
}

/** What `joiner(", ")` gives: nothing when it is called first, the separator from then on. */
class Joiner extends Special {
  readonly type = "Joiner";
  #used = false;

  constructor(readonly separator: string) {
    super();
  }

  override get callable(): boolean {
    return true;
  }

  override call(): Value {
    const text = this.#used ? this.separator : "";
    this.#used = true;
    return text;
  }

  override repr(): string {
    return `joiner(${reprText(toText(this.separator, "sep"))})`;
  }
}
