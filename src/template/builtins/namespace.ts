import type { Run } from "../runtime/run.js";
import { Dict } from "../values/dict.js";
import { Special } from "../values/special.js";
import { repr } from "../values/text.js";
import type { Value } from "../values/value.js";

/** What `namespace(…)` gives: the one object whose attributes `{% set ns.x = … %}` can change inside a loop. */
export class Namespace extends Special {
  readonly type = "Namespace";
  readonly #values: Dict;

  constructor(pairs: Iterable<readonly [Value, Value]>) {
    super();
    this.#values = Dict.of(pairs);
  }

  override attribute(name: string): Value | undefined {
    return this.#values.get(name);
  }

  /** `{% set ns.name = value %}`. */
  set(name: string, value: Value): void {
    this.#values.set(name, value);
  }

  override repr(run: Run): string {
    return `<Namespace ${repr(this.#values, run)}>`;
  }
}
