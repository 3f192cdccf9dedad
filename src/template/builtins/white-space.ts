/** What Python calls white space: JavaScript's `\s` without the byte order mark, with the separators of ASCII. */
const blank = "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
const isBlank = new RegExp(blank);
const word = new RegExp(`${blank.replace("[", "[^")}+`, "g");
const lineEnd = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/g;

/** A text without the characters of `chars` (white space when undefined) at its ends. */
export function stripped(text: string, chars: string | undefined, side: "start" | "end" | "both"): string {
  const set = chars === undefined ? null : new Set(chars);
  const goes = (at: number): boolean =>
    set === null ? isBlank.test(text[at] ?? "x") : set.has(text[at] ?? "");
  let start = 0;
  let end = text.length;
  if (side !== "end") while (start < end && goes(start)) start += 1;
  if (side !== "start") while (end > start && goes(end - 1)) end -= 1;
  return text.slice(start, end);
}

/**
 * Python's `split()` without a separator: words between runs of white space, at most `most` cuts (all below zero).
 * What is not cut keeps the white space at its outer end.
 */
export function words(text: string, most: number, from: "first" | "last"): string[] {
  const found = [...text.matchAll(word)];
  if (most < 0 || found.length <= most) return found.map((match) => match[0]);
  if (from === "first") {
    const rest = found[most];
    return rest === undefined
      ? []
      : [...found.slice(0, most).map((match) => match[0]), text.slice(rest.index)];
  }
  const head = found[found.length - most - 1];
  if (head === undefined) return [];
  const tail = found.slice(found.length - most).map((match) => match[0]);
  return [text.slice(0, head.index + head[0].length), ...tail];
}

/** Python's `splitlines`: a line break at the end does not open another line. */
export function linesOf(text: string, keepEnds: boolean): string[] {
  const lines: string[] = [];
  let at = 0;
  for (const end of text.matchAll(lineEnd)) {
    lines.push(text.slice(at, end.index + (keepEnds ? end[0].length : 0)));
    at = end.index + end[0].length;
  }
  if (at < text.length) lines.push(text.slice(at));
  return lines;
}
