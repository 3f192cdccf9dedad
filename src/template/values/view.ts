import type { Run } from "../runtime/run.js";
import type { Dict } from "./dict.js";
import { repr } from "./text.js";
import { Special } from "./special.js";
import { Tuple, type Value } from "./value.js";

/** What `dict.keys()`, `dict.values()` and `dict.items()` give. */
export class DictView extends Special {
  constructor(
    readonly dict: Dict,
    readonly kind: "keys" | "values" | "items",
  ) {
    super();
  }

  get type(): string {
    return `dict_${this.kind}`;
  }

  override size(): number {
    return this.dict.size;
  }

  override elements(): Value[] {
    if (this.kind === "keys") return this.dict.keys();
    return this.kind === "values" ? this.dict.values() : this.dict.pairs().map((pair) => new Tuple(pair));
  }

  override repr(run: Run): string {
    return `${this.type}(${repr(this.elements(), run)})`;
  }
}
