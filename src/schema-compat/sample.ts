import { isJsonObject, type JsonObject, type JsonValue } from "../core/json.js";
import { branchesOf, type Branch } from "./branches.js";
import { accepts } from "./evaluate.js";
import { expand } from "./expand.js";
import { itemAt, type Lists } from "./kinds/list.js";
import type { Numbers } from "./kinds/number.js";
import { memberOf, type Records } from "./kinds/record.js";
import type { Texts } from "./kinds/text.js";
import { findText } from "./pattern/index.js";
import { anything, step, type Node, type Work } from "./work.js";

const maxDepth = 8;

/** Makes a small value that a node surely accepts; undefined when none was found. */
export function sample(work: Work, node: Node, depth = 0): JsonValue | undefined {
  if (depth > maxDepth || !step(work)) return undefined;
  const known = work.samples.get(node.key);
  if (known !== undefined) return known;
  for (const value of drafts(work, node, depth)) {
    if (accepts(work, node, value) !== true) continue;
    work.samples.set(node.key, value);
    return value;
  }
  return undefined;
}

function* drafts(work: Work, node: Node, depth: number): Generator<JsonValue> {
  if (node.parts.length === 0) yield "a";
  yield* givenValues(work, node);
  for (const branch of branchesOf(work, node)) yield* sampleBranch(work, branch, depth);
}

/** The examples and defaults that stand beside the schemas of a node. */
export function givenValues(work: Work, node: Node): readonly JsonValue[] {
  const schemas = [node.parts, ...expand(work, node).map(({ parts }) => parts)]
    .flat()
    .map(({ schema }) => schema);
  return schemas
    .filter(isJsonObject)
    .flatMap((schema: JsonObject) => [
      ...(Array.isArray(schema.examples) ? (schema.examples as readonly JsonValue[]) : []),
      ...(schema.default === undefined ? [] : [schema.default]),
    ]);
}

function* sampleBranch(work: Work, branch: Branch, depth: number): Generator<JsonValue> {
  if (branch.kind === "values") yield* branch.values;
  else if (branch.kind === "number") yield* sampleNumbers(branch);
  else if (branch.kind === "text") yield* sampleTexts(branch);
  else if (branch.kind === "list") yield* sampleLists(work, branch, depth);
  else yield* sampleRecords(work, branch, depth);
}

/** Numbers near zero and near the bounds that are multiples of all divisors. */
export function sampleNumbers({ min, max, divisors }: Numbers): readonly number[] {
  const size = divisors.reduce(
    (product, divisor) => (product % divisor === 0 ? product : product * divisor),
    1,
  );
  const anchors = [0, min, max].filter(Number.isFinite).map((at) => Math.round(at / size));
  const whole = anchors.flatMap((at) => [at, at + 1, at - 1].map((count) => count * size));
  const loose = [min, max, (min + max) / 2, min + 0.5, max - 0.5].filter(Number.isFinite);
  return [...whole, ...loose].map((value) => (value === 0 ? 0 : value));
}

function sampleTexts({ min, max, patterns }: Texts): readonly string[] {
  // Two readable letters at least, where that fits: `aa` says "text" better than nothing at all.
  const found = [
    findText({ all: patterns, butNot: undefined, min: Math.max(min, Math.min(2, max)), max }),
    findText({ all: patterns, butNot: undefined, min, max }),
  ];
  return found.filter((text) => typeof text === "string");
}

function* sampleLists(work: Work, lists: Lists, depth: number): Generator<JsonValue> {
  if (lists.min > 100) return;
  const items = Array.from({ length: lists.min }, (_, index) =>
    sample(work, itemAt(lists, index), depth + 1),
  );
  if (!items.every((item) => item !== undefined)) return;
  yield items;
  if (lists.unique)
    yield items.map((item, index) =>
      typeof item === "number" ? item + index : typeof item === "string" ? item + String(index) : item,
    );
}

function* sampleRecords(work: Work, records: Records, depth: number): Generator<JsonValue> {
  const entries: [string, JsonValue][] = [];
  for (const name of records.required) {
    const value = sample(work, memberOf(work, records, name) ?? anything, depth + 1);
    if (value === undefined) return;
    entries.push([name, value]);
  }
  const spare = [...records.properties.keys(), ..."abcdefghijklmnopqrstuvwxyz"];
  for (const name of spare) {
    if (entries.length >= records.min) break;
    const value = records.required.has(name)
      ? undefined
      : sample(work, memberOf(work, records, name) ?? anything, depth + 1);
    if (value !== undefined) entries.push([name, value]);
  }
  yield Object.fromEntries(entries);
}
