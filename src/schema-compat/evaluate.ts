import type { JsonObject, JsonValue } from "../core/json.js";
import { assertions } from "./assertions.js";
import { isAnnotation } from "./keywords.js";
import { memberKeywords } from "./members.js";
import { samePlaceKeywords } from "./same-place.js";
import { every, type Truth } from "./truth.js";
import { partOf, resolveReference, step, type Node, type Part, type Work } from "./work.js";

/** What a keyword may ask in order to judge a value. */
interface Question {
  /** The schema that the keyword stands in. */
  readonly schema: JsonObject;
  /** Judges the same value by another schema. */
  readonly here: (schema: JsonValue) => Truth;
  /** Judges the same value by the schema that a reference means. */
  readonly follow: (reference: JsonValue) => Truth;
  /** Judges an item, a property or its name. */
  readonly inside: (schema: JsonValue, member: JsonValue) => Truth;
}

/** Judges a value by one keyword and its setting; undefined also when the setting makes no sense. */
export type Judge = (question: Question, setting: JsonValue, value: JsonValue) => Truth;

/**
 * Says whether a node accepts a value: a small validator that knows what it does not know. An unknown keyword, a
 * reference that leads nowhere or back to itself, and a pattern beyond our means all make the answer undefined.
 */
export function accepts(work: Work, node: Node, value: JsonValue): Truth {
  return every(node.parts, (part) => judge(work, { part, path: [] }, value));
}

/** A part, and the keys of the parts that are being judged at this very value. */
interface Place {
  readonly part: Part;
  readonly path: readonly string[];
}

function judge(work: Work, { part, path }: Place, value: JsonValue): Truth {
  const { schema, document } = part;
  if (typeof schema === "boolean") return schema;
  if (!step(work) || path.includes(part.key) || path.length > 60) return undefined;
  const inner = [...path, part.key];
  const question: Question = {
    schema,
    here: (other) => judge(work, { part: partOf(work, other, document), path: inner }, value),
    follow: (reference) => {
      const target = resolveReference(work, reference, document);
      return target === undefined ? undefined : judge(work, { part: target, path: inner }, value);
    },
    inside: (other, member) => judge(work, { part: partOf(work, other, document), path: [] }, member),
  };
  return every(Object.entries(schema), ([keyword, setting]) => {
    if (isAnnotation(keyword, work.formats)) return true;
    if (keyword === "$id") return schema === document.root ? true : undefined;
    const assertion = assertions[keyword];
    if (assertion !== undefined) return assertion(setting, value, schema);
    return (samePlaceKeywords[keyword] ?? memberKeywords[keyword])?.(question, setting, value);
  });
}
