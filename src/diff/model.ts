import { bumps, type Bump, type Change } from "../core/bump.js";

/** A stretch of a line; `changed` when its partner line does not have it. */
export interface Segment {
  readonly text: string;
  readonly changed: boolean;
}

/** A line of either side. Line numbers are 1-based and null on the side that does not have the line. */
export interface Line {
  readonly kind: "same" | "removed" | "added";
  readonly before: number | null;
  readonly after: number | null;
  /** Without the line break. */
  readonly text: string;
  /**
   * The parts of a line that was reworded; together they are `text`. Within one run of changed lines the first
   * removed line with segments is the partner of the first added line with segments, and so on.
   */
  readonly segments?: readonly Segment[];
  /** The text ends here without a line break. */
  readonly endsOpen?: true;
}

/** Changed lines with their surroundings. Starts are 1-based; a side without lines starts at the line before. */
export interface Hunk {
  readonly beforeStart: number;
  readonly beforeLines: number;
  readonly afterStart: number;
  readonly afterLines: number;
  /** Within a run of changed lines the removed ones come first. */
  readonly lines: readonly Line[];
}

/** What differs between two versions of a prompt: the meaning, then the text. */
export interface VersionDiff {
  readonly name: string;
  /** A version or `draft`; null when there was nothing before. */
  readonly from: string | null;
  readonly to: string;
  readonly requiredBump: Bump;
  readonly changes: readonly Change[];
  readonly hunks: readonly Hunk[];
}

/** How many lines one or more diffs add and remove. */
export interface LineCount {
  readonly added: number;
  readonly removed: number;
}

/** Counts the added and removed lines of a diff. */
export function countLines(diff: VersionDiff): LineCount {
  const lines = diff.hunks.flatMap((hunk) => hunk.lines);
  return {
    added: lines.filter((line) => line.kind === "added").length,
    removed: lines.filter((line) => line.kind === "removed").length,
  };
}

/** Says whether the two sides differ in text or meaning. */
export function isDifferent(diff: VersionDiff): boolean {
  return diff.from === null || diff.hunks.length > 0 || diff.changes.length > 0;
}

/** Writes the two sides for people: `1.0.0 → 1.1.0`, or `1.0.0 (new)`. */
export function describeSides({ from, to }: VersionDiff): string {
  return from === null ? `${to} (new)` : `${from} → ${to}`;
}

/** The changes as people read them: those that ask for the largest bump first. */
export function worstFirst(changes: readonly Change[]): Change[] {
  return changes.toSorted((a, b) => bumps.indexOf(b.bump) - bumps.indexOf(a.bump));
}
