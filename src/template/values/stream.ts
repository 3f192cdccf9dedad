import { PromptSyncError } from "../../core/errors.js";
import { Special } from "./special.js";
import type { Value } from "./value.js";

/**
 * What `map`, `select`, `batch` and others give: Python's generator. It can be read once, is always true, and has
 * neither a length nor anything to print.
 */
export class Stream extends Special {
  readonly type = "generator";
  #rest: readonly Value[];

  constructor(items: readonly Value[]) {
    super();
    this.#rest = items;
  }

  /** What is left; nothing is left afterwards. */
  override elements(): readonly Value[] {
    const rest = this.#rest;
    this.#rest = [];
    return rest;
  }

  /** The first of what is left; undefined at the end. */
  next(): Value | undefined {
    const first = this.#rest[0];
    this.#rest = this.#rest.slice(1);
    return first;
  }

  override truth(): boolean {
    return true;
  }

  override repr(): string {
    throw new PromptSyncError(
      "TEMPLATE_TYPE",
      "the result of a filter such as `map` or `select` is no text yet",
      {
        hint: 'add `| list` or `| join(", ")`',
      },
    );
  }
}
