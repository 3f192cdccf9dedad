import type { JsonValue } from "../core/json.js";
import { branchesOf, typeOfKind } from "./branches.js";
import { breaks } from "./breaks.js";
import { accepts } from "./evaluate.js";
import { givenValues, sample } from "./sample.js";
import { valueText } from "./text.js";
import { both, literal, searchCost, step, type Node, type Work } from "./work.js";

/** Values at the edges of what schemas talk about. */
const pool: readonly JsonValue[] = [
  ...["aa", "", " ", "0", "a", "A", "null", "2026-11-02", "a@example.com", "用户", "a".repeat(256), "\u0000"],
  ...[0, 1, -1, 0.5, -0.5, 2, 10, 100, 1000, 2 ** 31, 2 ** 53 - 1, -(2 ** 53 - 1), 1e21, 1e-7],
  ...[null, true, false],
  ...[[], [null], ["a"], [0], [0, 0], [[]]],
  ...[{}, { extra: null }, { a: 1 }],
];

const maxTried = 400;
const maxFound = 3;
const maxNested = 10;

/**
 * Searches for values that `a` surely accepts and `b` surely refuses, so that each is a proof: given examples, listed
 * values, a fixed pool, and samples of `a` that are changed step by step until they leave every branch of `b`.
 */
export function witnessesOf(work: Work, a: Node, b: Node): readonly JsonValue[] {
  const pair = `${a.key}>${b.key}`;
  const known = work.witnesses.get(pair);
  if (known !== undefined || a.key === b.key || b.parts.length === 0) return known ?? [];
  if (work.nested > maxNested) return [];
  work.witnesses.set(pair, []);
  work.nested += 1;
  const found = [...find(work, a, b)];
  work.nested -= 1;
  work.witnesses.set(pair, found);
  return found;
}

function* find(work: Work, a: Node, b: Node): Generator<JsonValue> {
  const queue = [...seeds(work, a, b)];
  const seen = new Set<string>();
  let found = 0;
  for (const value of queue) {
    if (found >= maxFound || !step(work)) return;
    const text = valueText(value);
    if (seen.has(text) || accepts(work, a, value) !== true) continue;
    seen.add(text);
    if (accepts(work, b, value) === false) {
      found += 1;
      yield value;
      continue;
    }
    for (const next of changed(work, { a, b, value })) {
      if (queue.length >= maxTried || !step(work)) break;
      queue.push(next);
    }
  }
}

function* seeds(work: Work, a: Node, b: Node): Generator<JsonValue> {
  const smallest = sample(work, a);
  if (smallest !== undefined) yield smallest;
  for (const node of [a, b]) {
    yield* givenValues(work, node);
    for (const branch of branchesOf(work, node)) if (branch.kind === "values") yield* branch.values;
  }
  for (const branch of branchesOf(work, a)) {
    const value =
      branch.kind === "values"
        ? undefined
        : sample(work, both(work, a, literal(work, { type: typeOfKind[branch.kind] })));
    if (value !== undefined) yield value;
  }
  yield* pool;
}

function* changed(work: Work, { a, b, value }: { a: Node; b: Node; value: JsonValue }): Generator<JsonValue> {
  const search = (x: Node, y: Node) => witnessesOf(work, x, y);
  for (const from of branchesOf(work, a)) {
    for (const to of branchesOf(work, b)) {
      const isSearch =
        from.kind === "text" && to.kind === "text" && from.patterns.length + to.patterns.length > 0;
      if (!step(work, isSearch ? searchCost : 1)) return;
      yield* breaks({ work, a: from, b: to, search }, value);
    }
  }
}
