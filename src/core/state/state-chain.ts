import { type ById, type PromptState } from "./state.js";
import type { StateReader } from "./state-reader.js";

/** The prompts' blocks in which two texts of a state file differ, and perhaps some that are the same object in both. */
export interface BlockChange {
  readonly from: ById<PromptState>;
  readonly to: ById<PromptState>;
}

/** Reads the texts that one state file had, one after the other, by their differences. */
export interface StateChain {
  /**
   * Goes on to another text. Undefined where more than blocks of prompts differs, where a text is not in the canonical
   * layout and where one has a problem: both have to be read as a whole then.
   */
  moveTo(text: Buffer): BlockChange | undefined;
}

/** A text of which every piece was read without a problem, and where its blocks are. All numbers count bytes. */
interface Known {
  readonly text: Buffer;
  /** Where the first block begins. */
  readonly start: number;
  /** How much stands behind the last block. */
  readonly tail: number;
  readonly names: Set<string>;
}

/**
 * Makes a {@link StateChain}. What two texts have in common is compared as bytes; only blocks that differ become
 * text, and the reader parses each distinct one once. All others were found good in the text before.
 */
export function createStateChain(reader: StateReader): StateChain {
  let known: Known | undefined;

  const begin = (text: Buffer): Known | undefined => {
    const pieces = reader.cut(text.toString("utf8"));
    if (pieces === undefined || pieces.blocks.size === 0) return undefined;
    const tail = Buffer.byteLength(pieces.below);
    let start = text.length - tail;
    for (const block of pieces.blocks.values()) start -= Buffer.byteLength(block);
    return { text, start, tail, names: new Set(pieces.blocks.keys()) };
  };

  const goOn = (last: Known, text: Buffer): BlockChange | undefined => {
    if (last.text.equals(text)) return { from: {}, to: {} };
    const window = windowOf(last, text);
    if (window === undefined) return undefined;
    const from = reader.blocks(last.text.toString("utf8", window.start, last.text.length - window.tail));
    const to = reader.blocks(text.toString("utf8", window.start, text.length - window.tail));
    if (from === undefined || to === undefined) return undefined;
    for (const name of Object.keys(from)) last.names.delete(name);
    for (const name of Object.keys(to)) {
      if (last.names.has(name)) return undefined; // twice
      last.names.add(name);
    }
    if (last.names.size === 0) return undefined;
    known = { ...last, text };
    return { from, to };
  };

  return {
    moveTo(text) {
      const change = known === undefined ? undefined : goOn(known, text);
      if (change === undefined) known = begin(text);
      return change;
    },
  };
}

/**
 * The whole blocks around all that differs between two texts: `start` bytes before them and `tail` bytes behind them
 * are the same. Undefined when a difference may lie outside of the blocks.
 */
function windowOf(
  { text: one, start, tail }: Known,
  other: Buffer,
): { readonly start: number; readonly tail: number } | undefined {
  const shorter = Math.min(one.length, other.length);
  const head = commonHead(one, other, shorter);
  const end = one.length - tail;
  if (head > end) return undefined;
  const from = blockBefore(one, head, start);
  if (from < 0) return undefined;
  const same = commonTail(one, other, shorter - head);
  if (same < tail || (tail > 0 && other[other.length - tail - 1] !== newline)) return undefined;
  const to = blockBehind(one, one.length - same, end);
  return { start: from, tail: one.length - to };
}

const [newline, space, hash] = [0x0a, 0x20, 0x23];

/** Where the last block begins whose first three bytes stand before a place. */
function blockBefore(text: Buffer, place: number, start: number): number {
  let at = place - 3;
  while (at >= start && !isBlock(text, at)) at--;
  return at >= start ? at : -1;
}

/** Where the first block begins behind a place, the line break before it included; the end when there is none. */
function blockBehind(text: Buffer, place: number, end: number): number {
  let at = place + 1;
  while (at < end && !isBlock(text, at)) at++;
  return Math.min(at, end);
}

/** Says whether a line with a word at column 2 begins here. */
function isBlock(text: Buffer, at: number): boolean {
  if (text[at - 1] !== newline || text[at] !== space || text[at + 1] !== space) return false;
  const third = text[at + 2];
  return third !== space && third !== hash && third !== newline && third !== undefined;
}

/** How many bytes two texts have in common at their beginning. */
function commonHead(one: Buffer, other: Buffer, most: number): number {
  let at = 0;
  for (let step = 16_384; step >= 64; step >>= 2)
    while (at + step <= most && one.compare(other, at, at + step, at, at + step) === 0) at += step;
  while (at < most && one[at] === other[at]) at++;
  return at;
}

/** How many bytes two texts have in common at their end. */
function commonTail(one: Buffer, other: Buffer, most: number): number {
  const [a, b] = [one.length, other.length];
  let count = 0;
  for (let step = 16_384; step >= 64; step >>= 2) {
    while (count + step <= most) {
      const [x, y] = [a - count, b - count];
      if (one.compare(other, y - step, y, x - step, x) !== 0) break;
      count += step;
    }
  }
  while (count < most && one[a - count - 1] === other[b - count - 1]) count++;
  return count;
}
