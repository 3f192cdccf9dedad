import type { Program } from "../compile/program.js";
import { exceeded } from "./limits.js";
import type { Context } from "./context.js";
import type { Inheritance } from "./inheritance.js";
import type { Run } from "./run.js";

/** Runs a template, then the parent that it extends, then the parent's parent. */
export function renderProgram(
  program: Program,
  context: Context,
  { run, inheritance }: { readonly run: Run; readonly inheritance: Inheritance },
): void {
  const { includes } = run.limits;
  let level = 0;
  for (let current: Program | null = program; current !== null; level += 1) {
    if (level > includes) throw exceeded("includes", includes, "templates extend each other too deep");
    inheritance.parent = null;
    current.run(context, inheritance, run);
    current = inheritance.parent;
    if (current === null) continue;
    run.out = inheritance.kept.out;
    run.messages.length = inheritance.kept.messages;
  }
}
