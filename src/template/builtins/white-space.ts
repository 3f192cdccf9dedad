/** What Python calls white space: JavaScript's `\s` without the byte order mark, with the separators of ASCII. */
const blank = "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
const isBlank = new RegExp(blank);
const run = new RegExp(`${blank}+`, "g");
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

/** Python's `split()` without a separator: words between runs of white space, at most `most` cuts (all below zero). */
export function words(text: string, most: number, from: "first" | "last"): string[] {
  const inner = stripped(text, undefined, "both");
  if (inner === "") return [];
  const gaps = [...inner.matchAll(run)];
  const cuts = most < 0 ? gaps : from === "first" ? gaps.slice(0, most) : most === 0 ? [] : gaps.slice(-most);
  const parts: string[] = [];
  let at = 0;
  for (const cut of cuts) {
    parts.push(inner.slice(at, cut.index));
    at = cut.index + cut[0].length;
  }
  const kept = most >= 0 && from === "first" ? stripped(text, undefined, "start").slice(at) : inner.slice(at);
  if (most >= 0 && from === "last" && cuts.length < gaps.length + 1 && parts.length > 0)
    return [...parts, kept];
  return [...parts, kept];
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
