import { addTo } from "../../core/add-to.js";
import { automatonOf, type Automaton } from "../../schema-compat/pattern/automaton.js";
import type { Charset } from "../../schema-compat/pattern/charset.js";

/** One place of the pattern that takes a character. */
interface Position {
  readonly from: number;
  readonly to: number;
  readonly chars: Charset;
}

const mostPositions = 80;
const mostSteps = 400_000;

/**
 * Whether a backtracking engine can need exponential time for a pattern: some place can be left and reached again over
 * one text in two ways. Decided on the automaton, without running it; `unknown` for a pattern that is too large, looks
 * around or refers back. A fast one may still need time that grows as some power of the text's length.
 * @see Weideman et al., Analyzing Matching Time Behavior of Backtracking Regular Expression Matchers (2016)
 */
export function patternSpeed(pattern: string): "fast" | "exponential" | "unknown" {
  const automaton = automatonOf(pattern);
  if (automaton === undefined) return "unknown";
  const positions = automaton.edges.flatMap((edges, from) =>
    edges.flatMap(({ to, over }): Position[] =>
      typeof over === "string" ? [] : [{ from, to, chars: over }],
    ),
  );
  if (positions.length > mostPositions) return "unknown";
  const ways = positions.map(({ to }) => positions.map(({ from }) => waysBetween(automaton, to, from)));
  if (hasDoubleLoop(ways)) return "exponential";
  const found = hasTwoLoops(positions, ways);
  return found === undefined ? "unknown" : found ? "exponential" : "fast";
}

/** How many ways lead from one node to another without a character: 0, 1, or 2 for more. */
function waysBetween({ edges }: Automaton, start: number, target: number): number {
  let found = start === target ? 1 : 0;
  let steps = 0;
  const walk = (node: number, seen: ReadonlySet<number>, passed: boolean): void => {
    for (const { to, over } of edges[node] ?? []) {
      if (typeof over !== "string" || found > 1 || ++steps > 500) continue;
      if (to === target) found++;
      const isAgain = to === target ? passed : seen.has(to);
      if (!isAgain) walk(to, new Set([...seen, to]), passed || to === target);
    }
  };
  walk(start, new Set([start]), start === target);
  return Math.min(found, 2);
}

/** A step that can be taken in two ways and lies on a loop. */
function hasDoubleLoop(ways: readonly (readonly number[])[]): boolean {
  return ways.some((row, from) => row.some((count, to) => count > 1 && reaches(ways, to, from)));
}

function reaches(ways: readonly (readonly number[])[], start: number, target: number): boolean {
  const reached = new Set([start]);
  for (const at of reached)
    for (const [next, count] of (ways[at] ?? []).entries()) if (count > 0) reached.add(next);
  return reached.has(target);
}

/**
 * Two different loops over the same text through the same place: pairs of places are walked at once. Undefined when
 * there are too many.
 */
function hasTwoLoops(
  positions: readonly Position[],
  ways: readonly (readonly number[])[],
): boolean | undefined {
  const size = positions.length;
  const after = ways.map((row) => row.flatMap((count, next) => (count > 0 ? [next] : [])));
  const meets = positions.map((a) => positions.map((b) => overlap(a.chars, b.chars)));
  let steps = 0;
  for (let place = 0; place < size; place++) {
    const before = new Map<number, number[]>();
    const reached = new Set([place * size + place]);
    for (const pair of reached) {
      for (const one of after[Math.floor(pair / size)] ?? []) {
        for (const other of after[pair % size] ?? []) {
          if (++steps > mostSteps) return undefined;
          if (meets[one]?.[other] !== true) continue;
          const next = one * size + other;
          reached.add(next);
          addTo(before, next, pair);
        }
      }
    }
    const back = new Set([place * size + place]);
    for (const pair of back) for (const earlier of before.get(pair) ?? []) back.add(earlier);
    for (const pair of back) if (Math.floor(pair / size) !== pair % size) return true;
  }
  return false;
}

function overlap(a: Charset, b: Charset): boolean {
  for (let one = 0, other = 0; one < a.length && other < b.length;) {
    const [[from, to], [start, end]] = [a[one] ?? [0, -1], b[other] ?? [0, -1]];
    if (from <= end && start <= to) return true;
    if (to < end) one++;
    else other++;
  }
  return false;
}
