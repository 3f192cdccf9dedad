import type { Plan } from "../../core/plan.js";
import type { Repository } from "../git/repository.js";
import type { Patience, Places } from "./locks.js";
import type { Owner } from "./owner.js";
import type { OnStep } from "./steps.js";

/** How a plan is applied. */
export interface ApplyOptions {
  /** The moment of the run: the date of the commit. */
  readonly now: Date;
  /** False leaves the change in the working tree, uncommitted edits included. */
  readonly commit?: boolean;
  /** Files that are committed too, as they stand on disk, when git does not know them yet. */
  readonly alongside?: readonly string[];
  /** Gets what the user's hooks say. */
  readonly note?: (line: string) => void;
  /** Milliseconds to wait for a lock; ten seconds when left out. */
  readonly lockLimit?: number;
  /** For tests: see {@link OnStep}. */
  readonly onStep?: OnStep;
}

/** One run of the writer: what it was asked and who it is. */
export interface Run {
  readonly repository: Repository;
  readonly plan: Plan;
  readonly options: ApplyOptions;
  readonly commit: boolean;
  readonly owner: Owner;
  readonly places: Places;
  readonly patience: Patience;
  readonly onStep: OnStep;
  readonly note: (line: string) => void;
}
