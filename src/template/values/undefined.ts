import { PromptSyncError } from "../../core/errors.js";
import type { Run } from "../runtime/run.js";
import type { Source } from "../source.js";
import { Special } from "./special.js";
import type { Value } from "./value.js";

/**
 * What a missing variable does. `strict`: only `is defined`, `default` and a plain truth test (`if x`, `x or y`) accept
 * it. `lenient`: it also prints as nothing and loops as empty. `chainable`: attributes of it are missing again.
 */
export type UndefinedMode = "strict" | "lenient" | "chainable";

/** Where a value went missing, and what to say about it. */
export interface Missing {
  readonly message: string;
  readonly source: Source;
  /** Offset into the source. */
  readonly at: number;
  /** Computed only when the error is thrown. */
  readonly hint?: () => string;
  /** The variable or attribute. */
  readonly name?: string;
}

/** A missing value: it remembers where it came from, so that the error can say so when it is used. */
export class Undefined extends Special {
  readonly type = "Undefined";

  constructor(
    readonly mode: UndefinedMode,
    readonly missing: Missing,
  ) {
    super();
  }

  /** Throws the error that names the variable, its place and the nearest known name. */
  fail(): never {
    const { message, source, at, hint, name } = this.missing;
    throw source.error("TEMPLATE_UNDEFINED", message, {
      at,
      hint: hint?.(),
      data: name === undefined ? {} : { name },
    });
  }

  override attribute(): Value {
    return this.mode === "chainable" ? this : this.fail();
  }

  override elements(): readonly Value[] {
    return this.mode === "strict" ? this.fail() : [];
  }

  override size(): number {
    return this.mode === "strict" ? this.fail() : 0;
  }

  override truth(): boolean {
    return false;
  }

  override call(): Value {
    return this.fail();
  }

  override text(): string {
    return this.mode === "strict" ? this.fail() : "";
  }

  override repr(): string {
    return this.mode === "strict" ? this.fail() : "Undefined";
  }
}

/** A missing value without a place of its own; the run's position is used when it is thrown. */
export function missing(run: Run, message: string, name?: string): Undefined {
  return new Undefined(run.undefinedMode, {
    message,
    source: run.source,
    at: run.at,
    ...(name === undefined ? {} : { name }),
  });
}

/** Narrows to a missing value. */
export function isUndefined(value: Value): value is Undefined {
  return value instanceof Undefined;
}

/** A TEMPLATE_TYPE error without a place; the render adds the place of the operation that was running. */
export function typeError(message: string, hint?: string): PromptSyncError {
  return new PromptSyncError("TEMPLATE_TYPE", message, { hint });
}
