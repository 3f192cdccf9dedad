import { endOfBlock, findSection, splitState } from "./split-state.js";

/** How two state texts differ. */
export interface StateDifference {
  /** Whether something above or below the blocks of the prompts differs. */
  readonly isAround: boolean;
  /** The prompts whose lines differ; what they say may still be the same. */
  readonly prompts: ReadonlySet<string>;
}

/**
 * Finds the blocks of prompts that differ between two state texts in the canonical layout, at the cost of a comparison
 * of the texts and of the lines between the first and the last difference. Undefined where a seam is not certain.
 */
export function differingBlocks(before: string, after: string): StateDifference | undefined {
  const [was, is] = [findSection(before), findSection(after)];
  if (was === undefined || is === undefined) return undefined;
  const isAround = was.above !== is.above || was.below !== is.below;
  const [old, now] = [before.slice(was.start, was.end), after.slice(is.start, is.end)];
  if (old === now) return { isAround, prompts: new Set() };

  const prefix = commonPrefix(old, now);
  const suffix = commonSuffix(old, now, Math.min(old.length, now.length) - prefix);
  const from = startOfBlock(old, prefix);
  const rest = old.length - endOfBlock(old, old.length - suffix, old.length);
  const oldBlocks = blocksOf(old.slice(from, old.length - rest));
  const newBlocks = blocksOf(now.slice(from, now.length - rest));
  if (oldBlocks === undefined || newBlocks === undefined) return undefined;
  const names = [...new Set([...oldBlocks.keys(), ...newBlocks.keys()])];
  const prompts = names.filter((name) => oldBlocks.get(name) !== newBlocks.get(name));
  return { isAround, prompts: new Set(prompts) };
}

function blocksOf(lines: string): ReadonlyMap<string, string> | undefined {
  return lines === "" ? new Map() : splitState(`prompts:\n${lines}`)?.blocks;
}

/** Code units that two texts have in common at their beginning. */
function commonPrefix(one: string, other: string): number {
  let [low, high] = [0, Math.min(one.length, other.length)];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (one.slice(low, middle) === other.slice(low, middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Code units that two texts have in common at their end, at most `limit`. */
function commonSuffix(one: string, other: string, limit: number): number {
  let [low, high] = [0, limit];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    const own = one.slice(one.length - middle, one.length - low);
    if (own === other.slice(other.length - middle, other.length - low)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Where the last block begins whose heading stands before a position of a section. */
function startOfBlock(section: string, position: number): number {
  for (let at = section.lastIndexOf("\n", position - 4); at >= 0; at = section.lastIndexOf("\n", at - 1)) {
    if (section.startsWith("  ", at + 1) && !" #\n".includes(section[at + 3] ?? "\n")) return at + 1;
  }
  return 0;
}
