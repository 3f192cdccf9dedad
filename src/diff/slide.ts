import type { Range, Sides } from "./changed-ranges.js";

/**
 * Moves added or removed blocks to where a person would see them. When the same lines stand above and below, a
 * block can begin at several places and mean the same; a whole paragraph or a whole `{% message %}` reads best.
 */
export function slideRanges(ranges: readonly Range[], { before, after }: Sides): Range[] {
  const moved: Range[] = [];
  for (const [index, range] of ranges.entries()) {
    const isAdded = range.beforeStart === range.beforeEnd;
    const isRemoved = range.afterStart === range.afterEnd;
    if (!isAdded && !isRemoved) {
      moved.push(range);
      continue;
    }
    const lines = isAdded ? after : before;
    const [start, end] = isAdded ? [range.afterStart, range.afterEnd] : [range.beforeStart, range.beforeEnd];
    const previous = moved.at(-1);
    const next = ranges[index + 1];
    // One equal line has to stay between two blocks, or they would be one.
    const floor = previous ? (isAdded ? previous.afterEnd : previous.beforeEnd) + 1 : 0;
    const ceiling = next ? (isAdded ? next.afterStart : next.beforeStart) - 1 : lines.length;
    const by = bestShift(lines, { start, end, floor, ceiling });
    moved.push({
      beforeStart: range.beforeStart + by,
      beforeEnd: range.beforeEnd + by,
      afterStart: range.afterStart + by,
      afterEnd: range.afterEnd + by,
    });
  }
  return moved;
}

interface Block {
  readonly start: number;
  readonly end: number;
  readonly floor: number;
  readonly ceiling: number;
}

function bestShift(lines: readonly string[], { start, end, floor, ceiling }: Block): number {
  let lowest = 0;
  while (start + lowest > floor && lines[start + lowest - 1] === lines[end + lowest - 1]) lowest--;
  let highest = 0;
  while (end + highest < ceiling && lines[start + highest] === lines[end + highest]) highest++;
  let best = 0;
  for (let shift = highest; shift >= lowest; shift--) {
    if (score(lines, start + shift, end + shift) > score(lines, start + best, end + best)) best = shift;
  }
  return best;
}

/** A line that begins something: a template block, a heading, an item of a list. */
const opening = /^\s*(?:\{%-?\s*(?!end|el)|#|[-*] |\d+[.)] )/;

function score(lines: readonly string[], start: number, end: number): number {
  const isBlank = (index: number): boolean => (lines[index] ?? "").trim() === "";
  return (
    (isBlank(start - 1) ? 2 : 0) + (isBlank(end - 1) ? 1 : 0) + (opening.test(lines[start] ?? "") ? 1 : 0)
  );
}
