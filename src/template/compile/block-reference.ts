import type { Context } from "../runtime/context.js";
import type { Inheritance } from "../runtime/inheritance.js";
import type { Run } from "../runtime/run.js";
import { Special } from "../values/special.js";
import { missing } from "../values/undefined.js";
import type { Args, Value } from "../values/value.js";

interface Level {
  readonly context: Context;
  readonly inheritance: Inheritance;
  /** Steps up the parents. */
  readonly depth: number;
}

/** `super` and `self.name`: a block that can be called for its text. */
export class BlockReference extends Special {
  readonly type = "BlockReference";

  private constructor(
    readonly name: string,
    readonly level: Level,
  ) {
    super();
  }

  /** The block at this level; a missing value when there is none. */
  static to(name: string, level: Level, run: Run): Value {
    const block = level.inheritance.block(name, level.depth);
    return block === undefined
      ? missing(run, `there is no parent block called \`${name}\``, "super")
      : new BlockReference(name, level);
  }

  override attribute(name: string, run: Run): Value | undefined {
    return name === "super"
      ? BlockReference.to(this.name, { ...this.level, depth: this.level.depth + 1 }, run)
      : undefined;
  }

  override get callable(): boolean {
    return true;
  }

  override call(_: Args, run: Run): Value {
    const { context, inheritance, depth } = this.level;
    return run.capture(() => inheritance.block(this.name, depth)?.run(context, inheritance, { run, depth }));
  }
}

/** `self`: the blocks of the template by name. */
export class SelfReference extends Special {
  readonly type = "TemplateReference";

  constructor(
    readonly context: Context,
    readonly inheritance: Inheritance,
  ) {
    super();
  }

  override attribute(name: string, run: Run): Value | undefined {
    const { context, inheritance } = this;
    if (inheritance.block(name, 0) === undefined) return undefined;
    return BlockReference.to(name, { context, inheritance, depth: 0 }, run);
  }
}
