import { diffArrays } from "diff";
import type { Segment } from "./model.js";

/** A character of a script that puts no spaces between its words. */
const unspaced =
  "[\\p{scx=Han}\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Thai}\\p{scx=Laoo}\\p{scx=Khmr}\\p{scx=Mymr}]";

/**
 * What is compared as one: a word, an emoji, a run of white space, any other character. Unspaced scripts go by
 * character, because a dictionary would make the result depend on the version of Node.
 */
const word = new RegExp(
  [
    `${unspaced}\\p{M}*`,
    `(?:(?!${unspaced})[\\p{L}\\p{N}\\p{M}_])+(?:['’]\\p{L}+)*`,
    "\\p{Extended_Pictographic}[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\p{M}\\u200d]*",
    "\\s+",
    "[^]\\p{M}*",
  ].join("|"),
  "gu",
);

/** Longer lines are compared as a whole. */
const longestLine = 100_000;

/** The share of the shorter line (0 to 1) below which marks would only confuse. */
const leastInCommon = 0.3;

/** Splits a line into the words that are compared; joined they are the line. */
export function splitWords(line: string): string[] {
  return line.length > longestLine ? [line] : (line.match(word) ?? []);
}

/** The same stretch on both sides, or a stretch that became another. */
interface Span {
  readonly isSame: boolean;
  readonly before: string;
  readonly after: string;
}

/** Marks the words in which two lines differ; null when too little is left in common to be worth a mark. */
export function markWords(
  before: readonly string[],
  after: readonly string[],
): { before: Segment[]; after: Segment[] } | null {
  const parts = diffArrays([...before], [...after], { maxEditLength: 400, timeout: 200 });
  if (parts === undefined) return null;
  const spans: Span[] = [];
  for (const part of parts) {
    const text = part.value.join("");
    add(spans, {
      isSame: !part.added && !part.removed,
      before: part.added ? "" : text,
      after: part.removed ? "" : text,
    });
  }
  const calm = withoutSpeckles(spans).flatMap(withoutSharedSpace);
  const same = calm.reduce((sum, span) => sum + (span.isSame ? span.before.trim().length : 0), 0);
  const shorter = Math.min(before.join("").trim().length, after.join("").trim().length);
  if (same < leastInCommon * shorter) return null;
  return { before: segments(calm, "before"), after: segments(calm, "after") };
}

/** Appends a span, or makes the last one longer when it is of the same kind. */
function add(spans: Span[], span: Span): void {
  const last = spans.at(-1);
  if (last?.isSame !== span.isSame) spans.push(span);
  else
    spans[spans.length - 1] = {
      ...last,
      before: last.before + span.before,
      after: last.after + span.after,
    };
}

/**
 * Takes a short equal stretch between two larger changes as changed too: one mark reads better than three.
 * The rule is the semantic clean-up of diff-match-patch.
 */
function withoutSpeckles(spans: readonly Span[]): Span[] {
  const size = (span: Span): number => Math.max(span.before.length, span.after.length);
  const calm: Span[] = [];
  for (const span of spans) {
    add(calm, span);
    for (;;) {
      const [left, middle, right] = calm.slice(-3);
      if (left === undefined || middle === undefined || right === undefined) break;
      if (!middle.isSame || size(middle) > size(left) || size(middle) > size(right)) break;
      calm.length -= 3;
      for (const part of [left, middle, right]) add(calm, { ...part, isSame: false });
    }
  }
  return calm;
}

/** Leaves white space out of a change when both sides begin or end with the same. */
function withoutSharedSpace(span: Span): Span[] {
  if (span.isSame) return [span];
  const shared = (edge: RegExp): string => {
    const [before = "", after = ""] = [edge.exec(span.before)?.[0], edge.exec(span.after)?.[0]];
    return before === after ? before : "";
  };
  const [start, end] = [shared(/^\s+(?=\S)/), shared(/(?<=\S)\s+$/)];
  const inner = (text: string): string => text.slice(start.length, text.length - end.length);
  return [
    { isSame: true, before: start, after: start },
    { isSame: false, before: inner(span.before), after: inner(span.after) },
    { isSame: true, before: end, after: end },
  ];
}

function segments(spans: readonly Span[], side: "before" | "after"): Segment[] {
  const list: Segment[] = [];
  for (const { isSame, [side]: text } of spans) {
    const last = list.at(-1);
    if (text === "") continue;
    if (last?.changed === !isSame) list[list.length - 1] = { text: last.text + text, changed: !isSame };
    else list.push({ text, changed: !isSame });
  }
  return list;
}
