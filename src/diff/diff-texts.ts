import { changedRanges, type Range, type Sides } from "./changed-ranges.js";
import type { Hunk, Line, Segment } from "./model.js";
import { pairLines } from "./pair-lines.js";
import { slideRanges } from "./slide.js";

/**
 * Compares two texts line by line, and reworded lines word by word.
 *
 * Only `\n` ends a line; every other character is kept and compared.
 * @param options.context equal lines shown around a change; `Infinity` for the whole text in one hunk
 */
export function diffTexts(before: string, after: string, { context }: { readonly context: number }): Hunk[] {
  const sides = { before: splitLines(before), after: splitLines(after) };
  const ranges = slideRanges(changedRanges(sides), sides);
  return grouped(ranges, 2 * context).map((group) => toHunk(group, sides, context));
}

/** Lines with their line breaks; an empty text has none. */
function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Puts ranges together that stand at most `gap` equal lines apart. */
function grouped(ranges: readonly Range[], gap: number): Range[][] {
  const groups: Range[][] = [];
  for (const range of ranges) {
    const group = groups.at(-1);
    const end = group?.at(-1)?.beforeEnd ?? -Infinity;
    if (group !== undefined && range.beforeStart - end <= gap) group.push(range);
    else groups.push([range]);
  }
  return groups;
}

function toHunk(group: readonly Range[], sides: Sides, context: number): Hunk {
  const top = Math.min(context, group[0]?.beforeStart ?? 0);
  const start = { before: (group[0]?.beforeStart ?? 0) - top, after: (group[0]?.afterStart ?? 0) - top };
  const lines: Line[] = [];
  let { before, after } = start;
  const addSame = (end: number): void => {
    for (; before < Math.min(end, sides.before.length); before++, after++) {
      lines.push(toLine("same", sides.before[before] ?? "", { before: before + 1, after: after + 1 }));
    }
  };
  for (const range of group) {
    addSame(range.beforeStart);
    lines.push(...changedLines(range, sides));
    before = range.beforeEnd;
    after = range.afterEnd;
  }
  addSame(before + context);
  // As in every unified diff: an empty side is named by the line before it.
  return {
    beforeStart: before > start.before ? start.before + 1 : start.before,
    beforeLines: before - start.before,
    afterStart: after > start.after ? start.after + 1 : start.after,
    afterLines: after - start.after,
    lines,
  };
}

function changedLines(range: Range, sides: Sides): Line[] {
  const removed = sides.before.slice(range.beforeStart, range.beforeEnd);
  const added = sides.after.slice(range.afterStart, range.afterEnd);
  const pairs = pairLines(removed.map(withoutBreak), added.map(withoutBreak));
  const before = new Map(pairs.map((pair) => [pair.removed, pair.before]));
  const after = new Map(pairs.map((pair) => [pair.added, pair.after]));
  return [
    ...removed.map((raw, index) =>
      toLine("removed", raw, { before: range.beforeStart + index + 1, segments: before.get(index) }),
    ),
    ...added.map((raw, index) =>
      toLine("added", raw, { after: range.afterStart + index + 1, segments: after.get(index) }),
    ),
  ];
}

function withoutBreak(raw: string): string {
  return raw.endsWith("\n") ? raw.slice(0, -1) : raw;
}

interface Standing {
  readonly before?: number;
  readonly after?: number;
  readonly segments?: readonly Segment[] | undefined;
}

function toLine(kind: Line["kind"], raw: string, { before, after, segments }: Standing): Line {
  return {
    kind,
    before: before ?? null,
    after: after ?? null,
    text: withoutBreak(raw),
    ...(segments && { segments }),
    ...(!raw.endsWith("\n") && { endsOpen: true }),
  };
}
