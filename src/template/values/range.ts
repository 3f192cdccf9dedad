import type { Run } from "../runtime/run.js";
import { Special } from "./special.js";
import type { Value } from "./value.js";

/** What `range()` gives: its members are made when they are asked for. */
export class Range extends Special {
  readonly type = "range";

  constructor(
    readonly start: number,
    readonly stop: number,
    readonly step: number,
  ) {
    super();
  }

  override size(): number {
    return Math.max(0, Math.ceil((this.stop - this.start) / this.step));
  }

  /** The member at a place that is known to exist, counted from 0. */
  item(index: number): number {
    return this.start + index * this.step;
  }

  has(value: number): boolean {
    const index = (value - this.start) / this.step;
    return Number.isInteger(index) && index >= 0 && index < this.size();
  }

  /** All members; charged before they are made. */
  list(run: Run): number[] {
    const length = this.size();
    run.charge(length);
    return Array.from({ length }, (_, index) => this.item(index));
  }

  override elements(run: Run): readonly Value[] {
    return this.list(run);
  }

  override repr(): string {
    const { start, stop, step } = this;
    return step === 1 ? `range(${start}, ${stop})` : `range(${start}, ${stop}, ${step})`;
  }
}
