import type { Change } from "../core/bump.js";

/** Of the changes between two versions those that break whoever is written for the one and gets the other. */
export function breakingChanges(changes: readonly Change[]): readonly Change[] {
  return changes.filter(({ kind, bump }) => bump === "major" && /^(input|output|messages)-/.test(kind));
}
