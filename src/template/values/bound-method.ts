import { invoke, type Builtin } from "../builtins/builtin.js";
import type { Run } from "../runtime/run.js";
import { Special } from "./special.js";
import type { Args, Value } from "./value.js";

/** A method of a value that was not called yet: `{% set up = name.upper %}{{ up() }}`. */
export class BoundMethod extends Special {
  readonly type = "builtin_function_or_method";

  constructor(
    readonly subject: Value,
    readonly method: Builtin,
  ) {
    super();
  }

  override get callable(): boolean {
    return true;
  }

  override call(args: Args, run: Run): Value {
    return invoke(this.method, this.subject, args, run);
  }
}
