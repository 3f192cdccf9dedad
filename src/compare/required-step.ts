import type { Bump } from "../core/bump.js";
import { isPrerelease, isUnstable } from "../core/version.js";

const below1: Readonly<Record<Bump, Bump>> = { major: "minor", minor: "patch", patch: "patch", none: "none" };

/**
 * The step that a change of this size asks for after a version: below 1.0.0 a minor step may break and a patch may
 * add, as Cargo has it, and what follows a pre-release may change freely.
 */
export function requiredStep(bump: Bump, previous: string): Bump {
  if (isPrerelease(previous)) return bump === "none" ? "none" : "patch";
  return isUnstable(previous) ? below1[bump] : bump;
}
