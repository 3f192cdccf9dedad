import type { Inheritance } from "../runtime/inheritance.js";
import { Frame, type Execute } from "../runtime/frame.js";
import type { Context } from "../runtime/context.js";
import type { Run } from "../runtime/run.js";
import type { Source } from "../source.js";
import { allStatements } from "../syntax/children.js";
import { mentions } from "../syntax/names.js";
import { ownedNames } from "../syntax/owned-names.js";
import type { Block, Tree } from "../syntax/tree.js";
import { BlockReference, SelfReference } from "./block-reference.js";
import { compileBody, declareNames } from "./statement.js";
import { Scope, Unit } from "./scope.js";

/** A block that is ready to run. */
export interface CompiledBlock {
  readonly name: string;
  readonly source: Source;
  /** Runs the block; `depth` is how many steps up the parents it stands. */
  readonly run: (
    context: Context,
    inheritance: Inheritance,
    running: { readonly run: Run; readonly depth: number },
  ) => void;
}

/** A template that is ready to run. */
export interface Program {
  readonly source: Source;
  readonly blocks: ReadonlyMap<string, CompiledBlock>;
  /** Runs the top level: writes its text and sets its names in the context. */
  readonly run: (context: Context, inheritance: Inheritance, run: Run) => void;
}

/** Compiles a tree into closures, once. */
export function compileProgram(tree: Tree, source: Source): Program {
  const unit = new Unit(source, null);
  const scope = new Scope(unit, null, ownedNames(tree.body));
  const self = mentions(tree.body, "self") ? scope.declare("self", true) : null;
  const execute = compileBody(tree.body, scope);
  const blocks = new Map<string, CompiledBlock>();
  for (const statement of allStatements(tree.body)) {
    if (statement.kind === "block") blocks.set(statement.name, compileBlock(statement, source));
  }
  return {
    source,
    blocks,
    run: (context, inheritance, run) => {
      const frame = new Frame(run, context, inheritance, { slots: unit.slots, outer: null });
      if (self !== null) frame.slots[self] = new SelfReference(context, inheritance);
      within(run, source, () => execute(frame));
    },
  };
}

function compileBlock(block: Block, source: Source): CompiledBlock {
  const unit = new Unit(source, null);
  const scope = new Scope(unit, null);
  const self = mentions(block.body, "self") ? scope.declare("self", true) : null;
  const parent = mentions(block.body, "super") ? scope.declare("super", true) : null;
  declareNames(block.body, scope);
  const execute: Execute = compileBody(block.body, scope);
  const { name } = block;
  return {
    name,
    source,
    run: (context, inheritance, { run, depth }) => {
      const frame = new Frame(run, context, inheritance, { slots: unit.slots, outer: null });
      if (self !== null) frame.slots[self] = new SelfReference(context, inheritance);
      if (parent !== null) {
        run.at = block.at;
        frame.slots[parent] = BlockReference.to(name, { context, inheritance, depth: depth + 1 }, run);
      }
      within(run, source, () => execute(frame));
    },
  };
}

/** Runs something that was written in a certain template, one level deeper. */
export function within(run: Run, source: Source, action: () => void): void {
  const { source: outerSource, at } = run;
  run.enter();
  run.source = source;
  action();
  run.source = outerSource;
  run.at = at;
  run.leave();
}
