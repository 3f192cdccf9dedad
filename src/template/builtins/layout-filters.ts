import type { Run } from "../runtime/run.js";
import { characterCount } from "../values/characters.js";
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

/** Python's `textwrap.wrap` of one line, with blanks kept inside lines and dropped at their ends. */
function wrap(line: string, { width, breakLong, breakHyphens }: Wrapping): string[] {
  const chunks = chunksOf(line, breakHyphens).reverse();
  const lines: string[] = [];
  while (chunks.length > 0) {
    if (lines.length > 0 && isBlank(chunks.at(-1))) chunks.pop();
    const current: string[] = [];
    let size = 0;
    for (let next = chunks.at(-1); next !== undefined; next = chunks.at(-1)) {
      const length = characterCount(next);
      if (size + length > width) break;
      current.push(next);
      size += length;
      chunks.pop();
    }
    const next = chunks.at(-1);
    if (next !== undefined && characterCount(next) > width) {
      if (breakLong) breakChunk(chunks, current, { room: width - size, breakHyphens });
      else if (current.length === 0) current.push(chunks.pop() ?? "");
    }
    if (isBlank(current.at(-1))) current.pop();
    if (current.length > 0) lines.push(current.join(""));
  }
  return lines;
}

function isBlank(chunk: string | undefined): boolean {
  return chunk !== undefined && chunk.trim() === "";
}

/** Moves as much of a chunk that fits no line as there is room for. */
function breakChunk(
  chunks: string[],
  current: string[],
  { room, breakHyphens }: { readonly room: number; readonly breakHyphens: boolean },
): void {
  const characters = Array.from(chunks.pop() ?? "");
  const fits = Math.max(1, room);
  const hyphen = breakHyphens ? characters.slice(0, fits).lastIndexOf("-") : -1;
  const isInside = hyphen > 0 && characters.slice(0, hyphen).some((character) => character !== "-");
  const cut = characters.length > fits && isInside ? hyphen + 1 : fits;
  current.push(characters.slice(0, cut).join(""));
  chunks.push(characters.slice(cut).join(""));
}

const atBlanks = /([\t\n\v\f\r ]+)/;
const atHyphens =
  /(?<=[\p{L}\p{N}_]{2}-)(?=[\p{L}_]-?[\p{L}_])|(?<=[^\s-])(?=-{2,}[\p{L}\p{N}_])|(?<=-{2,})(?=[\p{L}\p{N}_])/u;

/** Words, blanks between them, and parts of words that end with a hyphen. */
function chunksOf(line: string, breakHyphens: boolean): string[] {
  const words = line.split(atBlanks);
  const parts = breakHyphens ? words.flatMap((word) => word.split(atHyphens)) : words;
  return parts.filter((part) => part !== "");
}
