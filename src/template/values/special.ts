/* eslint-disable @typescript-eslint/no-unused-vars -- the parameters are for the classes that override a method */
import { PromptSyncError } from "../../core/errors.js";
import type { Run } from "../runtime/run.js";
import type { Args, Value } from "./value.js";

/** What is no plain data: loops, macros, ranges, modules. Each says what it can do; by default it can do nothing. */
export abstract class Special {
  /** Python's name of the type, for messages and for printing. */
  abstract readonly type: string;

  /** The attribute of this name; undefined when there is none. */
  attribute(_name: string, _run: Run): Value | undefined {
    return undefined;
  }

  /** The elements in order; undefined when it cannot be iterated. One-shot streams are empty afterwards. */
  elements(_run: Run): readonly Value[] | undefined {
    return undefined;
  }

  /** Number of elements; undefined when it has no length. */
  size(): number | undefined {
    return undefined;
  }

  /** Whether an `if` takes it. */
  truth(): boolean {
    return this.size() !== 0;
  }

  /** Whether it can be called: `is callable`. */
  get callable(): boolean {
    return false;
  }

  /** Calls it. */
  call(_args: Args, _run: Run): Value {
    throw new PromptSyncError("TEMPLATE_TYPE", `a \`${this.type}\` cannot be called`);
  }

  /** What printing it gives. */
  text(run: Run): string {
    return this.repr(run);
  }

  /** What printing a list that holds it gives. */
  repr(_run: Run): string {
    throw new PromptSyncError("TEMPLATE_TYPE", `a \`${this.type}\` cannot be printed`, {
      hint: "print one of its attributes, or call it",
    });
  }
}
