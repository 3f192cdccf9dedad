import type { JsonObject, JsonValue } from "../core/json.js";
import { accepts } from "./evaluate.js";
import { expand, type Clause } from "./expand.js";
import { readLists, type Lists } from "./kinds/list.js";
import { readNumbers, type Numbers } from "./kinds/number.js";
import { readRecords, type Records } from "./kinds/record.js";
import { readTexts, type Texts } from "./kinds/text.js";
import type { Values } from "./kinds/values.js";
import { opaqueNames } from "./opaque.js";
import { join, type Node, type Part, type Work } from "./work.js";

/** Values of one kind, and the names of conditions on them that are not understood. */
export type Branch = (Values | Numbers | Texts | Lists | Records) & { readonly opaque: ReadonlySet<string> };

/** The JSON-Schema type of each kind that has just one. */
export const typeOfKind = { number: "number", text: "string", list: "array", record: "object" } as const;

const typeWords = ["array", "boolean", "integer", "null", "number", "object", "string"];
const maxNested = 60;

/**
 * The values that a node accepts, as a union of branches of one JSON type each: the normal form in which schemas are
 * compared. A branch accepts exactly what it says, or less when it names opaque conditions; never more.
 */
export function branchesOf(work: Work, node: Node): readonly Branch[] {
  const known = work.branches.get(node.key);
  if (known !== undefined) return known;
  if (work.opening.has(node.key) || work.opening.size > maxNested) return obscure(work);
  work.opening.add(node.key);
  const branches = expand(work, node).flatMap((clause) => branchesOfClause(work, clause));
  work.opening.delete(node.key);
  work.branches.set(node.key, branches);
  return branches;
}

/** Any value at all, under a condition that nothing is known about. */
function obscure(work: Work): readonly Branch[] {
  work.steps -= 1;
  return branchesOfClause(work, { parts: [], opaque: new Set([`beyond reach ${String(work.steps)}`]) });
}

function branchesOfClause(work: Work, { parts, opaque }: Clause): readonly Branch[] {
  const listed = parts
    .map(({ schema }) => listedValues(schema as JsonObject))
    .filter((values) => values !== undefined);
  const [first] = listed;
  if (first !== undefined) return branchesOfValues(work, first, { parts, opaque });
  const schemas = parts.map(({ schema }) => schema as JsonObject);
  const types = schemas.map(typesOf).reduce((a, b) => meetTypes(a, b), typeWords);
  return types
    .flatMap((type) => branchOfType(work, type, { parts, opaque }))
    .filter((branch) => branch !== undefined);
}

function listedValues(schema: JsonObject): readonly JsonValue[] | undefined {
  if (Object.hasOwn(schema, "const")) return [schema.const ?? null];
  return Array.isArray(schema.enum) ? (schema.enum as readonly JsonValue[]) : undefined;
}

/** Keeps the listed values that the other keywords accept, or may accept. */
function branchesOfValues(
  work: Work,
  values: readonly JsonValue[],
  { parts, opaque }: Clause,
): readonly Branch[] {
  const node = join(work, parts);
  const judged = values.map((value) => ({ value, fits: accepts(work, node, value) }));
  const pick = (fits: boolean | undefined) =>
    judged.filter((item) => item.fits === fits).map(({ value }) => value);
  return [
    { kind: "values", values: pick(true), opaque } as const,
    { kind: "values", values: pick(undefined), opaque: new Set([...opaque, `fits ${node.key}`]) } as const,
  ].filter((branch) => branch.values.length > 0);
}

function branchOfType(work: Work, type: string, { parts, opaque }: Clause): Branch | undefined {
  const schemas = parts.map(({ schema }) => schema as JsonObject);
  const names = new Set([...opaque, ...parts.flatMap((part) => opaqueNames(work, part, type))]);
  switch (type) {
    case "null":
      return { kind: "values", values: [null], opaque: names };
    case "boolean":
      return { kind: "values", values: [false, true], opaque: names };
    case "string":
      return { ...readTexts(schemas), opaque: names };
    case "array":
      return { ...readLists(work, parts), opaque: names };
    case "object":
      return branchOfRecords(work, parts, names);
    default:
      return { ...readNumbers(schemas, type === "integer"), opaque: names };
  }
}

function branchOfRecords(work: Work, parts: readonly Part[], names: ReadonlySet<string>): Branch {
  const { records, exact } = readRecords(work, parts);
  return { ...records, opaque: exact ? names : new Set([...names, `patterns of ${join(work, parts).key}`]) };
}

function typesOf(schema: JsonObject): readonly string[] {
  const { type } = schema;
  if (type === undefined) return typeWords;
  const words = [type].flat().filter((word) => typeof word === "string");
  // A word that is no type is not understood: nothing is ruled out, and `opaqueNames` says so.
  if (words.some((word) => !typeWords.includes(word))) return typeWords;
  return schema.nullable === true ? [...new Set([...words, "null"])] : words;
}

/** Types that are in both lists; where a list has `number`, `integer` is a part of it. */
function meetTypes(a: readonly string[], b: readonly string[]): readonly string[] {
  const has = (types: readonly string[], type: string) =>
    types.includes(type) || (type === "integer" && types.includes("number"));
  const common = typeWords.filter((type) => has(a, type) && has(b, type));
  return common.includes("number") ? common.filter((type) => type !== "integer") : common;
}
