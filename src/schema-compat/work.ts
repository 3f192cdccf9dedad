import { isJsonObject, type JsonObject, type JsonValue } from "../core/json.js";
import type { Branch } from "./branches.js";
import { schemaTexts, valueText } from "./text.js";

/** A whole schema, in which references are looked up. */
export interface Document {
  /** The same for documents of the same text. */
  readonly name: string;
  readonly root: JsonValue;
  /** The parts that were opened so far, by their schema. */
  readonly parts: Map<JsonValue, Part>;
}

/** One schema of a document. Parts with the same key accept the same values. */
export interface Part {
  readonly key: string;
  readonly schema: boolean | JsonObject;
  readonly document: Document;
}

/** Schemas that must all hold for one value; none of them: anything goes. */
export interface Node {
  readonly key: string;
  readonly parts: readonly Part[];
}

/** What one comparison has found out so far, and how much it may still do. */
export interface Work {
  /** Steps left; at zero every question is answered "not known". */
  steps: number;
  readonly formats: "annotate" | "assert";
  readonly textOf: (schema: JsonValue) => string;
  /** Short keys for long texts. */
  readonly keys: Map<string, string>;
  readonly branches: Map<string, readonly Branch[]>;
  /** The nodes that are being rewritten as branches; one that comes back would never end. */
  readonly opening: Set<string>;
  /** Pairs of nodes, `true` when the first was proven to lie within the second. */
  readonly proofs: Map<string, boolean>;
  /** The pairs proven so far, in order, so that the latest can be forgotten. */
  readonly proven: string[];
  /** How many pairs are being proven inside each other. */
  nested: number;
  /** A value that each node accepts. */
  readonly samples: Map<string, JsonValue>;
  /** Values that the first node of a pair accepts and the second refuses. */
  readonly witnesses: Map<string, readonly JsonValue[]>;
}

/** Starts a comparison; 400,000 steps take well under a second. */
export function startWork(formats: "annotate" | "assert" = "annotate", steps = 400_000): Work {
  return {
    steps,
    formats,
    textOf: schemaTexts(formats),
    keys: new Map(),
    branches: new Map(),
    opening: new Set(),
    proofs: new Map(),
    proven: [],
    nested: 0,
    samples: new Map(),
    witnesses: new Map(),
  };
}

/** Takes a step, or as many as the work is worth; says false when none is left. */
export function step(work: Work, cost = 1): boolean {
  work.steps -= cost;
  return work.steps > 0;
}

/** What a search over patterns costs, in steps. */
export const searchCost = 300;

/** The node that accepts every value. */
export const anything: Node = { key: "", parts: [] };

/** Opens a schema as a document of its own. */
export function openDocument(work: Work, root: JsonValue): Document {
  return { name: shortKey(work, `document ${valueText(root)}`), root, parts: new Map() };
}

/** The node of one schema of a document. */
export function nodeOf(work: Work, schema: JsonValue, document: Document): Node {
  return join(work, [partOf(work, schema, document)]);
}

/** The part of one schema of a document; what is no schema at all becomes one that nothing is known about. */
export function partOf(work: Work, schema: JsonValue, document: Document): Part {
  const opened = document.parts.get(schema);
  if (opened !== undefined) return opened;
  const sound = typeof schema === "boolean" || isJsonObject(schema) ? schema : { "(no schema)": schema };
  const text = work.textOf(sound);
  // A reference means something else in another document, so its text alone is no key.
  const scope = /"\$(ref|dynamicRef|recursiveRef)"/.test(text) ? `${document.name} ` : "";
  const part = { key: shortKey(work, scope + text), schema: sound, document };
  document.parts.set(schema, part);
  return part;
}

/** A node of literal keywords, such as `{ type: "string" }`. */
export function literal(work: Work, schema: JsonObject | boolean): Node {
  return nodeOf(work, schema, { name: "", root: true, parts: new Map() });
}

/** The node for which all of these parts hold. */
export function join(work: Work, parts: readonly Part[]): Node {
  const unique = new Map<string, Part>();
  for (const part of parts)
    if (work.textOf(part.schema) !== "{}" && part.schema !== true) unique.set(part.key, part);
  return { key: [...unique.keys()].sort().join("&"), parts: [...unique.values()] };
}

/** The node for which both nodes hold. */
export function both(work: Work, a: Node, b: Node): Node {
  if (a.key === b.key || b.parts.length === 0) return a;
  return a.parts.length === 0 ? b : join(work, [...a.parts, ...b.parts]);
}

/** Looks up a local reference (`#`, `#/pointer`, `#anchor`); undefined when the document has no such place. */
export function resolveReference(work: Work, reference: JsonValue, document: Document): Part | undefined {
  if (typeof reference !== "string" || !reference.startsWith("#")) return undefined;
  const target =
    reference.length > 1 && !reference.startsWith("#/")
      ? findAnchor(reference.slice(1), document)
      : follow(reference, document);
  return target === undefined ? undefined : partOf(work, target, document);
}

function follow(reference: string, document: Document): JsonValue | undefined {
  let place: JsonValue | undefined = document.root;
  for (const token of reference.split("/").slice(1)) {
    const key = decode(token).replaceAll("~1", "/").replaceAll("~0", "~");
    const holder: JsonValue | undefined = place;
    if (typeof holder !== "object" || holder === null || !Object.hasOwn(holder, key)) return undefined;
    place = (holder as JsonObject)[key];
  }
  return place;
}

function findAnchor(anchor: string, { root }: Document): JsonValue | undefined {
  const definitions = isJsonObject(root) ? [root.$defs, root.definitions] : [];
  const places = definitions.flatMap((map) => (isJsonObject(map) ? Object.values(map) : []));
  return [root, ...places].find((place) => isJsonObject(place) && place.$anchor === anchor);
}

function decode(token: string): string {
  try {
    return decodeURIComponent(token);
  } catch {
    return token;
  }
}

function shortKey(work: Work, text: string): string {
  const known = work.keys.get(text);
  if (known !== undefined) return known;
  const key = work.keys.size.toString(36);
  work.keys.set(text, key);
  return key;
}
