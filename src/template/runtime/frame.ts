import type { Value } from "../values/value.js";
import type { Context } from "./context.js";
import type { Inheritance } from "./inheritance.js";
import type { Run } from "./run.js";

/** The local variables of one activation: of a template, a block, a macro or a recursive loop. */
export class Frame {
  /** By the places that the compiler gave them; undefined until something is assigned. */
  readonly slots: (Value | undefined)[];

  constructor(
    readonly run: Run,
    /** Where names that are not local are looked up. */
    readonly context: Context,
    readonly inheritance: Inheritance,
    { slots, outer }: { readonly slots: number; readonly outer: Frame | null },
  ) {
    this.slots = new Array<Value | undefined>(slots).fill(undefined);
    this.outer = outer;
  }

  /** The activation that the macro or loop was written in. */
  readonly outer: Frame | null;
}

/** How a statement ended: normally, or on its way out of a loop. */
export type Signal = 0 | 1 | 2;
export const normally: Signal = 0;
export const breaking: Signal = 1;
export const continuing: Signal = 2;

/** A compiled statement. */
export type Execute = (frame: Frame) => Signal;

/** A compiled expression. */
export type Evaluate = (frame: Frame) => Value;
