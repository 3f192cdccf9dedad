import { diffArrays } from "diff";
import type { Change } from "../core/bump.js";
import type { Contract } from "./contract.js";

/** How much of the wording changed, and what to say about it. */
export interface Wording {
  readonly changes: readonly Change[];
  /** Changed words among all words of both sides, 0 to 1; words of schemas do not count. */
  readonly ratio: number;
}

/** From here on words are counted, not aligned: an exact comparison takes quadratic time. */
const maxAligned = 1_000_000;

/** Compares what the model is told. White space and comments are no wording. */
export function compareWording(before: Contract, after: Contract): Wording {
  const pairs = pairTexts(before, after).filter(({ from, to }) => from !== to);
  const words = pairs.map(({ from, to }) => countWords(wordsOf(from), wordsOf(to)));
  const changed = words.reduce((sum, { changed: count }) => sum + count, 0);
  const all = pairTexts(before, after).reduce(
    (sum, { from, to }) => sum + wordsOf(from).length + wordsOf(to).length,
    0,
  );
  const ratio = all === 0 ? 0 : changed / all;
  const changes = pairs.map(({ at }, index): Change => {
    const same = words[index]?.changed === 0;
    const message = same
      ? "only white space or comments changed"
      : `the wording changed (${percent(ratio)} of the words)`;
    return { kind: same ? "whitespace-changed" : "wording-changed", at, bump: "patch", message };
  });
  return { changes, ratio };
}

interface Pair {
  readonly at: string;
  readonly from: string;
  readonly to: string;
}

/** The bodies, and the variants that are chosen by the same tags. */
function pairTexts(before: Contract, after: Contract): readonly Pair[] {
  const old = before.prompt.frontMatter.variants ?? [];
  const variants = (after.prompt.frontMatter.variants ?? []).flatMap(({ tags, content }, index): Pair[] => {
    const twin = old.find((variant) => sameTags(variant.tags, tags));
    return twin === undefined ? [] : [{ at: `/variants/${String(index)}`, from: twin.content, to: content }];
  });
  return [{ at: "body", from: before.template.text, to: after.template.text }, ...variants];
}

function sameTags(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && a[key] === b[key])
  );
}

/** The words of a template without its comments; text without spaces, as Chinese is written, is cut by character. */
function wordsOf(text: string): readonly string[] {
  const spoken = text.replaceAll(/\{#.*?#\}/gs, " ");
  return (
    spoken.match(
      /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu,
    ) ?? []
  );
}

function countWords(from: readonly string[], to: readonly string[]): { changed: number } {
  let start = 0;
  while (start < from.length && start < to.length && from[start] === to[start]) start += 1;
  let end = 0;
  while (end < Math.min(from.length, to.length) - start && from.at(-1 - end) === to.at(-1 - end)) end += 1;
  const [one, other] = [from.slice(start, from.length - end), to.slice(start, to.length - end)];
  if (one.length * other.length > maxAligned) return { changed: countUnshared(one, other) };
  const parts = diffArrays([...one], [...other]);
  return {
    changed: parts.reduce((sum, { added, removed, count }) => sum + (added || removed ? count : 0), 0),
  };
}

/** Words that the other side has not, or not as often. */
function countUnshared(one: readonly string[], other: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const word of one) counts.set(word, (counts.get(word) ?? 0) + 1);
  for (const word of other) counts.set(word, (counts.get(word) ?? 0) - 1);
  // A text whose words were only put in another order changed too.
  return Math.max(
    1,
    [...counts.values()].reduce((sum, count) => sum + Math.abs(count), 0),
  );
}

function percent(ratio: number): string {
  return ratio > 0 && ratio < 0.01 ? "under 1 %" : `${String(Math.round(ratio * 100))} %`;
}
