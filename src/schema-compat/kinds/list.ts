import type { JsonObject, JsonValue } from "../../core/json.js";
import { both, nodeOf, type Node, type Part, type Work } from "../work.js";

/** Lists: what stands at the first places, what at all others, and how many items there are. */
export interface Lists {
  readonly kind: "list";
  readonly prefix: readonly Node[];
  readonly rest: Node;
  readonly min: number;
  readonly max: number;
  readonly unique: boolean;
}

/** Reads the array keywords of parts that must all hold. */
export function readLists(work: Work, parts: readonly Part[]): Lists {
  const read = parts.map((part) => readPart(work, part));
  const length = Math.max(0, ...read.map(({ prefix }) => prefix.length));
  const schemas = parts.map(({ schema }) => schema as JsonObject);
  return {
    kind: "list",
    prefix: Array.from({ length }, (_, index) =>
      meet(
        work,
        read.map((lists) => itemAt(lists, index)),
      ),
    ),
    rest: meet(
      work,
      read.map(({ rest }) => rest),
    ),
    min: Math.max(0, ...schemas.map(({ minItems }) => (typeof minItems === "number" ? minItems : 0))),
    max: Math.min(
      ...schemas.map(({ maxItems }) => (typeof maxItems === "number" ? maxItems : Infinity)),
      Infinity,
    ),
    unique: schemas.some(({ uniqueItems }) => uniqueItems === true),
  };
}

function readPart(work: Work, { schema, document }: Part): Pick<Lists, "prefix" | "rest"> {
  const { items = true, prefixItems = [], additionalItems = true } = schema as JsonObject;
  const [first, others] = Array.isArray(items) ? [items, additionalItems] : [prefixItems, items];
  const nodes = (first as readonly JsonValue[]).map((item) => nodeOf(work, item, document));
  return { prefix: nodes, rest: nodeOf(work, others, document) };
}

/** What stands at a place of the lists. */
export function itemAt({ prefix, rest }: Pick<Lists, "prefix" | "rest">, index: number): Node {
  return prefix[index] ?? rest;
}

function meet(work: Work, nodes: readonly Node[]): Node {
  return nodes.reduce((a, b) => both(work, a, b), { key: "", parts: [] });
}

/** Cuts the lists by length at the bounds of others. */
export function cutLists(lists: Lists, others: readonly Lists[]): readonly Lists[] {
  const marks = others.flatMap(({ min, max, prefix }) => [min, max + 1, prefix.length]);
  const cuts = [...new Set(marks)].filter((at) => at > lists.min && at <= lists.max).sort((a, b) => a - b);
  if (cuts.length === 0 || cuts.length > 12) return [];
  return [lists.min, ...cuts].map((min, index) => ({
    ...lists,
    min,
    max: (cuts[index] ?? lists.max + 1) - 1,
  }));
}
