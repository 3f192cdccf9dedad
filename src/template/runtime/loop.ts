import { equals } from "../values/compare.js";
import { Special } from "../values/special.js";
import { missing, typeError } from "../values/undefined.js";
import { Tuple, type Args, type Value } from "../values/value.js";
import { GlobalFunction } from "../builtins/globals.js";
import type { Run } from "./run.js";

/** The variable `loop` of a `for`. */
export class Loop extends Special {
  readonly type = "LoopContext";
  /** Rounds before this one. */
  index0 = 0;
  #lastChanged: Tuple | undefined;

  constructor(
    readonly items: readonly Value[],
    /** How deep a recursive loop is, from 0. */
    readonly depth0: number,
    /** Runs the loop again for inner items; null when the loop is not recursive. */
    readonly recurse: ((items: Value, depth: number) => string) | null,
  ) {
    super();
  }

  override attribute(name: string, run: Run): Value | undefined {
    const { index0, items } = this;
    switch (name) {
      case "index":
        return index0 + 1;
      case "index0":
        return index0;
      case "first":
        return index0 === 0;
      case "last":
        return index0 === items.length - 1;
      case "length":
        return items.length;
      case "revindex":
        return items.length - index0;
      case "revindex0":
        return items.length - index0 - 1;
      case "depth":
        return this.depth0 + 1;
      case "depth0":
        return this.depth0;
      case "previtem":
        return items[index0 - 1] ?? this.#edge(index0 - 1, "there is no previous item", run);
      case "nextitem":
        return items[index0 + 1] ?? this.#edge(index0 + 1, "there is no next item", run);
      case "cycle":
        return this.#method("cycle", ({ positional }) => this.#cycle(positional));
      case "changed":
        return this.#method("changed", ({ positional }) => this.#changed(new Tuple(positional), run));
      default:
        return undefined;
    }
  }

  /** `None` is an item like any other. */
  #edge(index: number, message: string, run: Run): Value {
    return this.items[index] === null ? null : missing(run, message);
  }

  #method(name: string, apply: (args: Args) => Value): Value {
    return new GlobalFunction({ name, kind: "method", parameters: null, apply: (_, args) => apply(args) });
  }

  #cycle(items: readonly Value[]): Value {
    const item = items[this.index0 % items.length];
    if (item === undefined) throw typeError("`loop.cycle` needs at least one item");
    return item;
  }

  #changed(values: Tuple, run: Run): boolean {
    const isSame = this.#lastChanged !== undefined && equals(this.#lastChanged, values, run);
    this.#lastChanged = values;
    return !isSame;
  }

  override size(): number {
    return this.items.length;
  }

  override get callable(): boolean {
    return true;
  }

  override call({ positional: [items] }: Args): Value {
    if (this.recurse === null) throw typeError("this loop is not recursive", "write `{% for … recursive %}`");
    if (items === undefined) throw typeError("`loop()` needs the inner items");
    return this.recurse(items, this.depth0 + 1);
  }

  override repr(): string {
    return `<LoopContext ${this.index0 + 1}/${this.items.length}>`;
  }
}
