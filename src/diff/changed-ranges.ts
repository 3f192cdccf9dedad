import { diffArrays } from "diff";

/** The lines of both texts. */
export interface Sides {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** Lines `beforeStart` to `beforeEnd` became lines `afterStart` to `afterEnd`; 0-based, the end not included. */
export interface Range {
  readonly beforeStart: number;
  readonly beforeEnd: number;
  readonly afterStart: number;
  readonly afterEnd: number;
}

/**
 * Finds the ranges of lines that differ, in order; everything between them is equal.
 *
 * The search takes time and memory in the square of the number of edits, so it is bounded: texts with more edits
 * come back as one range.
 */
export function changedRanges({ before, after }: Sides): Range[] {
  const whole = trimmed({ before, after });
  const left = before.slice(whole.beforeStart, whole.beforeEnd);
  const right = after.slice(whole.afterStart, whole.afterEnd);
  if (left.length === 0 && right.length === 0) return [];
  const parts = diffArrays(left, right, { maxEditLength: 2000, timeout: 5000 });
  if (parts === undefined) return [whole];
  const ranges: Range[] = [];
  let { beforeStart, afterStart } = whole;
  let open: Range | undefined;
  for (const part of parts) {
    const beforeEnd = beforeStart + (part.added ? 0 : part.count);
    const afterEnd = afterStart + (part.removed ? 0 : part.count);
    if (part.added || part.removed) {
      open = { ...(open ?? { beforeStart, afterStart }), beforeEnd, afterEnd };
    } else if (open !== undefined) {
      ranges.push(open);
      open = undefined;
    }
    beforeStart = beforeEnd;
    afterStart = afterEnd;
  }
  if (open !== undefined) ranges.push(open);
  return ranges;
}

/** The one range left after the equal lines at the top and at the bottom. */
function trimmed({ before, after }: Sides): Range {
  const shorter = Math.min(before.length, after.length);
  let top = 0;
  while (top < shorter && before[top] === after[top]) top++;
  let bottom = 0;
  while (bottom < shorter - top && before.at(-1 - bottom) === after.at(-1 - bottom)) bottom++;
  return {
    beforeStart: top,
    beforeEnd: before.length - bottom,
    afterStart: top,
    afterEnd: after.length - bottom,
  };
}
