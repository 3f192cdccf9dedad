import { takeAll, type Steps } from "../steps.js";

/** A state text in pieces that mean the same alone as together. */
export interface StatePieces {
  /** Everything above `prompts:` and everything below its blocks. */
  readonly above: string;
  readonly below: string;
  /** The lines of each prompt's block by name, in the order of the text. */
  readonly blocks: ReadonlyMap<string, string>;
}

/** A name that YAML can only read as this text, alone on the first line of its block. */
const heading = /^ {2}([a-z][a-z0-9._-]*):$/;
const section = "prompts:\n";

/**
 * Cuts a state text where the canonical layout has its seams: `prompts:` at the left edge, each block under a plain
 * name at column 2 that stands alone on its line, and the next word at the left edge. Undefined where a seam is not
 * certain: the text is then read as a whole.
 *
 * A seam is certain when each piece is a whole YAML text on its own, which the reader of the pieces has to check: no
 * value that could go on beyond its piece (quotes, brackets, blocks of text) is whole without its end, and a plain
 * value ends before a line that stands further left. What YAML lets reach over seams is refused here: directives,
 * marks between documents, and line breaks of other kinds.
 */
export function splitState(text: string): StatePieces | undefined {
  return takeAll(splitSteps(text));
}

/** The same in many small steps. */
export function* splitSteps(text: string): Steps<StatePieces | undefined> {
  const found = findSection(text);
  if (found === undefined) return undefined;
  const { above, start, end, below } = found;
  const blocks = new Map<string, string>();
  for (let from = start; from < end;) {
    const to = endOfBlock(text, from, end);
    const block = text.slice(from, to);
    const name = heading.exec(block.slice(0, block.indexOf("\n")))?.[1];
    if (name === undefined || blocks.has(name)) return undefined;
    blocks.set(name, block);
    from = to;
    yield;
  }
  return { above, below, blocks };
}

const mark = /^(---|\.\.\.|%)/m;

/** The part of a state text that holds the blocks of the prompts. */
export interface StateSection {
  /** Everything above `prompts:` and everything below the blocks. */
  readonly above: string;
  readonly below: string;
  /** Where the first block begins, and where the last ends. */
  readonly start: number;
  readonly end: number;
}

/** A line at column 2 that is no comment and no heading. */
const oddHeading = /\n {2}(?![ #\n]|[a-z][a-z0-9._-]*:\n)/;

/** Where the blocks of some prompts stand in a text; undefined where a seam is not certain, or a name stands twice. */
export function findBlocks(
  text: string,
  { start, end }: StateSection,
  names: Iterable<string>,
): ReadonlyMap<string, { readonly from: number; readonly to: number }> | undefined {
  const lines = text.slice(start - 1, end); // with the line break above the first heading
  if (oddHeading.test(lines)) return undefined;
  const blocks = new Map<string, { from: number; to: number }>();
  for (const name of names) {
    const at = lines.indexOf(`\n  ${name}:\n`);
    if (at < 0) continue;
    const to = endOfBlock(lines, at + 1, lines.length);
    if (lines.includes(`\n  ${name}:\n`, to - 1)) return undefined;
    blocks.set(name, { from: start + at, to: start - 1 + to });
  }
  return blocks;
}

/** Finds the part that holds the blocks of the prompts; undefined where its seams are not certain, and where it is empty. */
export function findSection(text: string): StateSection | undefined {
  if (text.includes("\r") || text.includes("\uFEFF")) return undefined;
  const at = text.startsWith(section) ? 0 : text.indexOf(`\n${section}`) + 1;
  if (at === 0 && !text.startsWith(section)) return undefined;
  const start = behindComments(text, at + section.length);
  const end = endOfSection(text, start);
  if (end <= start) return undefined; // `prompts:` alone is no map: the full reader says so
  const [above, below] = [text.slice(0, at), text.slice(end)];
  if (mark.test(above) || mark.test(below)) return undefined;
  // What ends the section has to be a key: a line with nothing but a tab is no line at all.
  if (below !== "" && !/^[a-z]/.test(below)) return undefined;
  return { above, start, end, below };
}

const comment = /[ ]*(?:#.*)?\n/y;

/** Where the first line begins that is no comment and not empty. */
function behindComments(text: string, start: number): number {
  let at = start;
  for (comment.lastIndex = at; comment.test(text); at = comment.lastIndex);
  return at;
}

/** Where the next line begins that has a word at the left edge; comments and empty lines are none. `start` begins a line. */
function endOfSection(text: string, start: number): number {
  const edge = /\n[^ #\n]/g;
  edge.lastIndex = start - 1;
  return (edge.exec(text)?.index ?? text.length - 1) + 1;
}

/** Where the next line begins that has a word at column 2. */
export function endOfBlock(text: string, start: number, end: number): number {
  for (let at = text.indexOf("\n", start); at >= 0 && at + 1 < end; at = text.indexOf("\n", at + 1)) {
    if (text.startsWith("  ", at + 1) && !" #\n".includes(text[at + 3] ?? "\n")) return at + 1;
  }
  return end;
}
