import type { Bump, Comparison } from "../../src/core/bump.js";
import type { Plan } from "../../src/core/plan.js";
import { editState } from "../../src/core/state/edit-state.js";

/** The error code of what a call throws; `none` when it does not. */
export function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return "none";
}

/** The state's text after a plan. */
export function stateAfter(text: string, plan: Plan | null): string {
  let after = text;
  for (const effect of plan?.effects ?? []) {
    if (effect.kind === "edit-state") after = editState(after, effect.edits, effect.above);
  }
  return after;
}

/** A comparison that found one change of this size. */
export function changed(bump: Bump, suggestedBump: Bump = bump): () => Comparison {
  const changes = [
    { kind: "input-removed", at: "/input/schema/tone", bump, message: "input `tone` was removed" },
  ] as const;
  return () => ({ changes: bump === "none" ? [] : changes, requiredBump: bump, suggestedBump });
}
