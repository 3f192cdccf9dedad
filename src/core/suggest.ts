import { closestMatch } from "leven";

/**
 * The candidate nearest to a word that somebody mistyped, or undefined when none is near: at most a third of the
 * word's letters may differ (two of four or five, one of fewer). A word that was only begun counts as near.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const list = [...candidates].filter((candidate) => candidate !== word);
  const short = word.slice(0, 200);
  if (short === "") return undefined;
  const maxDistance = short.length < 4 ? 1 : Math.max(2, Math.floor(short.length / 3));
  const begun = (candidate: string): boolean => short.length > 2 && candidate.startsWith(short);
  return closestMatch(short, list, { maxDistance }) ?? list.find(begun);
}

/** "did you mean `x`?", or the empty string when nothing is near. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const match = nearest(word, candidates);
  return match === undefined ? "" : `did you mean \`${match}\`?`;
}
