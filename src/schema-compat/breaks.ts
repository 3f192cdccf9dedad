import { isJsonObject, type JsonObject, type JsonValue } from "../core/json.js";
import { noFormat } from "./assertions.js";
import type { Branch } from "./branches.js";
import { itemAt, type Lists } from "./kinds/list.js";
import type { Numbers } from "./kinds/number.js";
import { memberOf, type Records } from "./kinds/record.js";
import type { Texts } from "./kinds/text.js";
import { findText } from "./pattern/index.js";
import { sample, sampleNumbers } from "./sample.js";
import { anything, type Node, type Work } from "./work.js";

/** Finds values that the first node accepts and the second refuses. */
type Search = (a: Node, b: Node) => readonly JsonValue[];

/** What a value is changed for: it fits `a`, and should fit `b` no longer. */
export interface Aim<Kind> {
  readonly work: Work;
  readonly a: Kind;
  readonly b: Kind;
  readonly search: Search;
}

/** Changes a value in the ways that may take it out of a branch; whether it then is has to be checked. */
export function* breaks(aim: Aim<Branch>, value: JsonValue): Generator<JsonValue> {
  const { a, b } = aim;
  if (a.kind === "number" && b.kind === "number") yield* breakNumber(a, b);
  if (a.kind === "text" && b.kind === "text") yield* breakText(a, b);
  if (a.kind === "list" && b.kind === "list" && Array.isArray(value)) {
    yield* breakList({ ...aim, a, b }, value as readonly JsonValue[]);
  }
  if (a.kind === "record" && b.kind === "record" && isJsonObject(value))
    yield* breakRecord({ ...aim, a, b }, value);
}

function* breakNumber(a: Numbers, b: Numbers): Generator<JsonValue> {
  const size = a.divisors.reduce(
    (product, divisor) => (product % divisor === 0 ? product : product * divisor),
    1,
  );
  const near = [b.min, b.max]
    .filter(Number.isFinite)
    .flatMap((at) => [at, at - size, at + size, at - 0.5, at + 0.5]);
  yield* near;
  yield* near.flatMap((at) => [Math.floor(at / size) * size, Math.ceil(at / size) * size]);
  yield* sampleNumbers(a);
  for (let count = 2; count < 14; count += 1) yield count * size;
}

function* breakText(a: Texts, b: Texts): Generator<JsonValue> {
  const asked = { all: a.patterns, butNot: undefined, min: a.min, max: a.max };
  const found = [
    findText({ ...asked, max: Math.min(a.max, b.min - 1) }),
    findText({ ...asked, min: Math.max(a.min, b.max + 1) }),
    ...b.patterns.map((butNot) => findText({ ...asked, butNot })),
  ];
  yield* found.filter((text) => typeof text === "string");
  yield noFormat;
}

function* breakList({ work, a, b, search }: Aim<Lists>, value: readonly JsonValue[]): Generator<JsonValue> {
  const resize = (length: number): readonly JsonValue[] | undefined => {
    if (length < 0 || length > 200) return undefined;
    const items = Array.from({ length }, (_, index) => value[index] ?? sample(work, itemAt(a, index)));
    return items.every((item) => item !== undefined) ? items : undefined;
  };
  const sized = [b.min - 1, b.max + 1, 2, a.min].map((length) => resize(Math.min(length, a.max)));
  yield* sized.filter((items) => items !== undefined);
  for (let index = 0; index <= Math.max(a.prefix.length, b.prefix.length); index += 1) {
    const items = resize(Math.max(index + 1, value.length));
    for (const item of items === undefined ? [] : search(itemAt(a, index), itemAt(b, index))) {
      yield [...(items ?? []).slice(0, index), item, ...(items ?? []).slice(index + 1)];
    }
  }
  const [first] = resize(1) ?? [];
  if (b.unique && first !== undefined) yield [first, first];
}

function* breakRecord(aim: Aim<Records>, value: JsonObject): Generator<JsonValue> {
  const { work, a, b, search } = aim;
  for (const name of Object.keys(value)) {
    if (!a.required.has(name)) yield without(value, name);
  }
  const newPatterns = [...a.patterns.keys(), ...b.patterns.keys()].map((pattern) =>
    findText({ all: [pattern], butNot: undefined, min: 0, max: Infinity }),
  );
  const declared = new Set([...b.properties.keys(), ...a.properties.keys(), ...a.required]);
  const others = ["extra", ...newPatterns.filter((name) => typeof name === "string"), "", noFormat];
  for (const name of [...declared, ...others]) {
    const member = memberOf(work, a, name) ?? anything;
    const target = memberOf(work, b, name) ?? anything;
    for (const inner of search(member, target)) yield withEntry(value, name, inner);
    const plain = Object.hasOwn(value, name) ? undefined : sample(work, member);
    if (plain !== undefined) yield withEntry(value, name, plain);
  }
  yield* resize(aim, value);
}

/** Adds properties until the other side has too many. */
function* resize({ work, a, b }: Aim<Records>, value: JsonObject): Generator<JsonValue> {
  if (b.max > 50) return;
  const entries = Object.entries(value);
  for (let index = 0; entries.length <= b.max; index += 1) {
    const plain = sample(work, memberOf(work, a, `extra${String(index)}`) ?? anything);
    if (plain === undefined) return;
    entries.push([`extra${String(index)}`, plain]);
  }
  yield Object.fromEntries(entries);
}

function without(value: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== name));
}

/** Sets a property, also one that is named `__proto__`. */
export function withEntry(value: JsonObject, name: string, member: JsonValue): JsonObject {
  return Object.fromEntries([...Object.entries(value).filter(([key]) => key !== name), [name, member]]);
}
