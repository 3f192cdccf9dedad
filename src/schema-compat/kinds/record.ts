import { isJsonObject, type JsonObject, type JsonValue } from "../../core/json.js";
import { isStringList } from "../assertions.js";
import { matchesPattern } from "../pattern/index.js";
import { anything, both, nodeOf, type Node, type Part, type Work } from "../work.js";

/** Objects: what each property holds, which must be there, and what every other name may hold. */
export interface Records {
  readonly kind: "record";
  /** The declared properties; `patternProperties` that match the name are part of the node. */
  readonly properties: ReadonlyMap<string, Node>;
  /** By pattern, for names that are not declared. */
  readonly patterns: ReadonlyMap<string, Node>;
  /** For names that are neither declared nor match a pattern. */
  readonly rest: Node;
  /** What the names themselves must be. */
  readonly names: Node;
  readonly required: ReadonlySet<string>;
  readonly min: number;
  readonly max: number;
}

/** What could not be expressed: the branch accepts more than the schemas do. */
interface Reading {
  readonly records: Records;
  readonly exact: boolean;
}

/** Reads the object keywords of parts that must all hold. */
export function readRecords(work: Work, parts: readonly Part[]): Reading {
  const shapes = parts.map((part) => readShape(work, part));
  const names = new Set(shapes.flatMap(({ properties }) => [...properties.keys()]));
  const members = [...names].map(
    (name) => [name, shapes.map((shape) => memberOf(work, shape, name))] as const,
  );
  const patterned = shapes.filter(({ patterns }) => patterns.size > 0);
  const plainRest = meet(
    work,
    shapes.filter(({ patterns }) => patterns.size === 0).map(({ rest }) => rest),
  );
  const patterns = patterned.flatMap((shape) =>
    [...shape.patterns].map(([key, node]) => [key, both(work, node, plainRest)] as const),
  );
  const schemas = parts.map(({ schema }) => schema as JsonObject);
  const records: Records = {
    kind: "record",
    properties: new Map(
      members.map(([name, nodes]) => [
        name,
        meet(
          work,
          nodes.map((node) => node ?? anything),
        ),
      ]),
    ),
    patterns: new Map(patterns),
    rest: meet(
      work,
      shapes.map(({ rest }) => rest),
    ),
    names: meet(
      work,
      parts.map((part) => nodeOf(work, (part.schema as JsonObject).propertyNames ?? true, part.document)),
    ),
    required: new Set(schemas.flatMap(({ required }) => (isStringList(required) ? required : []))),
    min: Math.max(
      0,
      ...schemas.map(({ minProperties }) => (typeof minProperties === "number" ? minProperties : 0)),
    ),
    max: Math.min(
      ...schemas.map(({ maxProperties }) => (typeof maxProperties === "number" ? maxProperties : Infinity)),
      Infinity,
    ),
  };
  // Two sets of patterns side by side would need every overlap of their names spelled out.
  const exact =
    patterned.length < 2 && members.every(([, nodes]) => nodes.every((node) => node !== undefined));
  return { records, exact };
}

type Shape = Pick<Records, "properties" | "patterns" | "rest">;

function readShape(work: Work, { schema, document }: Part): Shape {
  const { properties, patternProperties, additionalProperties = true } = schema as JsonObject;
  const open = (map: JsonValue | undefined): [string, Node][] =>
    isJsonObject(map) ? Object.entries(map).map(([key, value]) => [key, nodeOf(work, value, document)]) : [];
  const shape = {
    properties: new Map<string, Node>(),
    patterns: new Map(open(patternProperties)),
    rest: nodeOf(work, additionalProperties, document),
  };
  for (const [name, node] of open(properties)) {
    const matching = [...shape.patterns].filter(([pattern]) => matchesPattern(pattern, name) !== false);
    shape.properties.set(name, meet(work, [node, ...matching.map(([, inner]) => inner)]));
  }
  return shape;
}

/** What a name holds; undefined when it is not known which patterns the name matches. */
export function memberOf(work: Work, { properties, patterns, rest }: Shape, name: string): Node | undefined {
  const declared = properties.get(name);
  const matches = [...patterns].map(([pattern, node]) => ({ node, found: matchesPattern(pattern, name) }));
  if (matches.some(({ found }) => found === undefined)) return undefined;
  if (declared !== undefined) return declared;
  const nodes = matches.filter(({ found }) => found === true).map(({ node }) => node);
  return nodes.length > 0 ? meet(work, nodes) : rest;
}

function meet(work: Work, nodes: readonly Node[]): Node {
  return nodes.reduce((a, b) => both(work, a, b), anything);
}
