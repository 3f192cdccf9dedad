import type { CompiledBlock, Program } from "../compile/program.js";

/** The blocks of a template and of its parents, and what `extends` left to do. */
export class Inheritance {
  readonly #blocks = new Map<string, CompiledBlock[]>();
  /** The parent that renders after the template; set by `extends`. */
  parent: Program | null = null;
  /** What was written before `extends`; what comes after it is dropped. */
  kept = { out: "", messages: 0 };

  constructor(program: Program) {
    this.add(program);
  }

  /** Adds the blocks of a template behind those of its children. */
  add(program: Program): void {
    for (const [name, block] of program.blocks) {
      const known = this.#blocks.get(name);
      if (known === undefined) this.#blocks.set(name, [block]);
      else known.push(block);
    }
  }

  /** The block of a name, `depth` steps up the parents; undefined when there is none. */
  block(name: string, depth: number): CompiledBlock | undefined {
    return this.#blocks.get(name)?.[depth];
  }
}
