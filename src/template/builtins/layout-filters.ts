import type { Run } from "../runtime/run.js";
import { characters } from "../values/characters.js";
import { typeError } from "../values/undefined.js";
import type { Value } from "../values/value.js";
import { tableOf, toInteger, toText, toTruth, type Bound, type Table } from "./builtin.js";
import { joinParts } from "./str-shape-methods.js";
import { linesOf } from "./white-space.js";

/** Filters that lay text out in lines. */
export const layoutFilters: Table = tableOf("filter", {
  indent: ["width? first? blank?", indent],
  wordwrap: ["width? break_long_words? wrapstring? break_on_hyphens?", wordwrap],
});

function indent(value: Value, [width, first, blank]: Bound, run: Run): string {
  const margin = typeof width === "string" ? width : " ".repeat(Math.max(0, sized(width, run)));
  const lines = linesOf(`${toText(value, "indent")}\n`, false);
  const rest = lines.slice(1).map((line) => (line === "" && !toTruth(blank) ? line : margin + line));
  const text = joinParts([lines[0] ?? "", ...rest], "\n", run);
  return toTruth(first) ? margin + text : text;
}

function sized(width: Value | undefined, run: Run): number {
  const size = toInteger(width, "width", 4);
  run.allow(size);
  return size;
}

function wordwrap(value: Value, [width, breakLong, wrapString, breakHyphens]: Bound, run: Run): string {
  const most = toInteger(width, "width", 79);
  if (most <= 0) throw typeError("`width` of `wordwrap` must be above zero");
  const options = {
    width: most,
    breakLong: breakLong === undefined || toTruth(breakLong),
    breakHyphens: breakHyphens === undefined || toTruth(breakHyphens),
  };
  const ending = wrapString === undefined || wrapString === null ? "\n" : toText(wrapString, "wrapstring");
  const paragraphs = linesOf(toText(value, "wordwrap"), false).map((line) => {
    const wrapped = wrap(line, options);
    run.charge(wrapped.length);
    return joinParts(wrapped, ending, run);
  });
  return joinParts(paragraphs, ending, run);
}

interface Wrapping {
  readonly width: number;
  readonly breakLong: boolean;
  readonly breakHyphens: boolean;
}

/** A word, a run of blanks, or what is left of a word that was broken. */
interface Chunk {
  readonly characters: readonly string[];
  /** Characters that stand on earlier lines already. */
  readonly start: number;
}

const sizeOf = ({ characters, start }: Chunk): number => characters.length - start;
const isBlank = (chunk: Chunk): boolean =>
  sizeOf(chunk) === 0 || (chunk.start === 0 && textOf(chunk).trim() === "");

/** Python's `textwrap.wrap` of one line, with blanks kept inside lines and dropped at their ends. */
function wrap(line: string, { width, breakLong, breakHyphens }: Wrapping): string[] {
  const chunks = chunksOf(line, breakHyphens).reverse();
  const lines: string[] = [];
  for (let next = chunks.pop(); next !== undefined; next = chunks.pop()) {
    if (lines.length > 0 && isBlank(next)) continue;
    const current: Chunk[] = [];
    let room = width;
    let following: Chunk | undefined = next;
    for (; following !== undefined && sizeOf(following) <= room; following = chunks.pop()) {
      current.push(following);
      room -= sizeOf(following);
    }
    if (following !== undefined && sizeOf(following) > width && (breakLong || current.length === 0)) {
      const cut = breakLong ? breakPoint(following, { room, breakHyphens }) : sizeOf(following);
      const { characters, start } = following;
      current.push({ characters: characters.slice(0, start + cut), start });
      following = start + cut < characters.length ? { characters, start: start + cut } : undefined;
    }
    if (following !== undefined) chunks.push(following);
    const last = current.at(-1);
    if (last !== undefined && isBlank(last)) current.pop();
    if (current.length > 0) lines.push(current.map(textOf).join(""));
  }
  return lines;
}

function textOf({ characters, start }: Chunk): string {
  return characters.slice(start).join("");
}

/** How much of a chunk that fits no line goes on this one: up to a hyphen when there is one. */
function breakPoint(
  chunk: Chunk,
  { room, breakHyphens }: { readonly room: number; readonly breakHyphens: boolean },
): number {
  if (!breakHyphens) return room;
  const part = chunk.characters.slice(chunk.start, chunk.start + room);
  const hyphen = part.lastIndexOf("-");
  return hyphen > 0 && part.slice(0, hyphen).some((character) => character !== "-") ? hyphen + 1 : room;
}

const atBlanks = /([\t\n\v\f\r ]+)/;
const atHyphens =
  /(?<=[\p{L}\p{N}_]{2}-)(?=[\p{L}_]-?[\p{L}_])|(?<=[^\s-])(?=-{2,}[\p{L}\p{N}_])|(?<=-{2,})(?=[\p{L}\p{N}_])/u;

/** Words, blanks between them, and parts of words that end with a hyphen. */
function chunksOf(line: string, breakHyphens: boolean): Chunk[] {
  const words = line.split(atBlanks);
  const parts = breakHyphens ? words.flatMap((word) => word.split(atHyphens)) : words;
  return parts.filter((part) => part !== "").map((part) => ({ characters: characters(part), start: 0 }));
}
