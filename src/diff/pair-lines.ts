import type { Segment } from "./model.js";
import { markWords, splitWords } from "./words.js";

/** A removed and an added line (0-based in their lists) that say nearly the same. */
export interface Pair {
  readonly removed: number;
  readonly added: number;
  readonly before: readonly Segment[];
  readonly after: readonly Segment[];
}

/** Lines with less in common (0 to 1) are two different lines, not one that was reworded. */
const leastSimilarity = 0.4;

/** Above this many word comparisons only lines at the same place are tried. */
const mostComparisons = 4_000_000;

interface Bag {
  readonly words: readonly string[];
  readonly counts: ReadonlyMap<string, number>;
  /** Characters, white space left out. */
  readonly size: number;
}

/** Finds the lines of a changed run that were reworded; pairs never cross. */
export function pairLines(removed: readonly string[], added: readonly string[]): Pair[] {
  const left = removed.map(bagOf);
  const right = added.map(bagOf);
  const words = left.reduce((sum, bag) => sum + bag.words.length, 0);
  const partners =
    (words + left.length) * right.length > mostComparisons ? samePlace(left, right) : bestPlaces(left, right);
  const pairs: Pair[] = [];
  for (const [i, j] of partners) {
    const marks = markWords(left[i]?.words ?? [], right[j]?.words ?? []);
    if (marks !== null) pairs.push({ removed: i, added: j, ...marks });
  }
  return pairs;
}

function bagOf(line: string): Bag {
  const words = splitWords(line);
  const counts = new Map<string, number>();
  let size = 0;
  for (const word of words) {
    if (word.trim() === "") continue;
    counts.set(word, (counts.get(word) ?? 0) + 1);
    size += word.length;
  }
  return { words, counts, size };
}

/**
 * How much two lines are the same words in any order: 0 to 1 (Dice), and 0 when below the least. A line that was
 * only made longer counts as near, however long it got.
 */
function similarity(a: Bag, b: Bag): number {
  const [few, many] = a.counts.size < b.counts.size ? [a.counts, b.counts] : [b.counts, a.counts];
  let common = 0;
  for (const [word, count] of few) common += word.length * Math.min(count, many.get(word) ?? 0);
  if (common === 0) return 0;
  const share = (2 * common) / (a.size + b.size);
  const shorter = Math.min(a.size, b.size);
  const isContained = shorter >= 6 && common >= 0.8 * shorter;
  return share >= leastSimilarity || isContained ? share : 0;
}

function samePlace(left: readonly Bag[], right: readonly Bag[]): [number, number][] {
  return left.flatMap((bag, index): [number, number][] => {
    const partner = right[index];
    return partner !== undefined && similarity(bag, partner) > 0 ? [[index, index]] : [];
  });
}

/** The pairs in order with the largest sum of similarity, by the table of Needleman and Wunsch. */
function bestPlaces(left: readonly Bag[], right: readonly Bag[]): [number, number][] {
  const width = right.length + 1;
  const best = new Float64Array((left.length + 1) * width);
  const at = (i: number, j: number): number => best[i * width + j] ?? 0;
  const likeness = left.map((a) => Float64Array.from(right, (b) => similarity(a, b)));
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      const paired = (likeness[i]?.[j] ?? 0) + at(i + 1, j + 1);
      best[i * width + j] = Math.max(paired, at(i + 1, j), at(i, j + 1));
    }
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < left.length && j < right.length;) {
    const like = likeness[i]?.[j] ?? 0;
    if (like > 0 && at(i, j) === like + at(i + 1, j + 1)) pairs.push([i++, j++]);
    else if (at(i, j) === at(i + 1, j)) i++;
    else j++;
  }
  return pairs;
}
