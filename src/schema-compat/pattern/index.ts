import { automatonOf, firstState, isAccepting, nextState, type Automaton } from "./automaton.js";
import { representatives } from "./charset.js";

/** Which text is wanted: every pattern of `all` is found in it, and some pattern of `butNot` is not. */
export interface TextQuery {
  readonly all: readonly string[];
  readonly butNot: string | undefined;
  /** In code points. */
  readonly min: number;
  readonly max: number;
}

const maxSearched = 1500;
/** Moves over characters in one search; some ten milliseconds. */
const maxMoves = 30_000;
const maxPatterns = 5;
const known = new Map<string, string | null | undefined>();

/**
 * Says whether a pattern is found in a text, in time linear in both: patterns never run on the engine of the host,
 * which can be made to back-track for ever. Undefined when the pattern is not understood.
 */
export function matchesPattern(pattern: string, text: string): boolean | undefined {
  const automaton = automatonOf(pattern);
  if (automaton === undefined || text.length > 10_000) return undefined;
  let state: number | undefined = firstState(automaton);
  for (const char of text) {
    state = nextState(automaton, state, char.codePointAt(0) ?? 0);
    if (state === undefined) return undefined;
  }
  return isAccepting(automaton, state, text === "");
}

/** Finds a shortest text for the query; null when there is none, undefined when the search was cut short. */
export function findText(query: TextQuery): string | null | undefined {
  if (query.min > query.max) return null;
  if (query.all.length > maxPatterns) return undefined;
  const key = JSON.stringify([query.all, query.butNot ?? null, query.min, String(query.max)]);
  if (known.size > 5000) known.clear();
  if (!known.has(key)) known.set(key, find(query));
  return known.get(key);
}

function find({ all, butNot, min, max }: TextQuery): string | null | undefined {
  const wanted = all.map(automatonOf);
  const unwanted = butNot === undefined ? [] : [automatonOf(butNot)];
  const automata = [...wanted, ...unwanted];
  if (!automata.every((automaton) => automaton !== undefined)) return undefined;
  if (automata.length === 0) return min <= maxSearched ? "a".repeat(min) : undefined;
  const codes = representatives(automata.flatMap(({ charsets }) => charsets));
  if (codes.length > 150) return undefined;
  return search(automata, { codes, min, max, wanted: wanted.length });
}

interface Search {
  readonly codes: readonly number[];
  readonly min: number;
  readonly max: number;
  /** How many of the automata, counted from the first, must accept; the others must not. */
  readonly wanted: number;
}

interface Reached {
  /** One for each automaton. */
  readonly states: readonly number[];
  readonly length: number;
  readonly text: string;
}

/** Breadth first over all automata at once, so that the first text found is a shortest one. */
function search(
  automata: readonly Automaton[],
  { codes, min, max, wanted }: Search,
): string | null | undefined {
  // From this length on, one more character makes no difference to the bounds.
  const lastLength = max === Infinity ? min : max + 1;
  const queue: Reached[] = [{ states: automata.map(firstState), length: 0, text: "" }];
  const seen = new Set<string>();
  let moves = 0;
  for (const { states, length, text } of queue) {
    const isEnd = (automaton: Automaton, index: number) =>
      isAccepting(automaton, states[index] ?? 0, text === "");
    const fits = automata.every((automaton, index) => isEnd(automaton, index) === index < wanted);
    if (fits && length >= min && length <= max) return text;
    if (length > max) continue;
    moves += codes.length;
    if (moves > maxMoves) return undefined;
    const nextLength = Math.min(length + 1, lastLength);
    for (const code of codes) {
      const next = automata.map((automaton, index) => nextState(automaton, states[index] ?? 0, code));
      if (!next.every((state) => state !== undefined) || seen.size > maxSearched) return undefined;
      const key = `${String(nextLength)} ${next.join()}`;
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push({ states: next, length: nextLength, text: text + String.fromCodePoint(code) });
    }
  }
  return null;
}
