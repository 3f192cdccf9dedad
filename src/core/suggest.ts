import { closestMatch } from "leven";

/**
 * The candidate nearest to a word that somebody mistyped, or undefined when none is near: at most a third of the
 * word's letters may differ (two for short words).
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const list = [...candidates].filter((candidate) => candidate !== word);
  return closestMatch(word.slice(0, 200), list, { maxDistance: Math.max(2, Math.floor(word.length / 3)) });
}

/** "did you mean `x`?", or the empty string when nothing is near. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const match = nearest(word, candidates);
  return match === undefined ? "" : `did you mean \`${match}\`?`;
}
