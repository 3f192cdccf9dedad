import type { JsonObject } from "../../core/json.js";
import { findText } from "../pattern/index.js";

/** Texts of some length, in code points, in which some patterns are found. */
export interface Texts {
  readonly kind: "text";
  readonly min: number;
  readonly max: number;
  readonly patterns: readonly string[];
}

/** Reads the string keywords of schemas that must all hold. */
export function readTexts(schemas: readonly JsonObject[]): Texts {
  return {
    kind: "text",
    min: Math.max(0, ...schemas.map(({ minLength }) => (typeof minLength === "number" ? minLength : 0))),
    max: Math.min(
      ...schemas.map(({ maxLength }) => (typeof maxLength === "number" ? maxLength : Infinity)),
      Infinity,
    ),
    patterns: [
      ...new Set(schemas.map(({ pattern }) => pattern).filter((pattern) => typeof pattern === "string")),
    ],
  };
}

/** Says whether surely no text fits. */
export function isVoidTexts({ min, max, patterns }: Texts): boolean {
  return (
    min > max || (patterns.length > 0 && findText({ all: patterns, butNot: undefined, min, max }) === null)
  );
}

/** Says whether all texts of `a` are surely among those of `b`. */
export function areTextsWithin(a: Texts, b: Texts): boolean {
  if (a.patterns.length === 0 && (a.min < b.min || a.max > b.max)) return false;
  const asked = { all: a.patterns, min: a.min, max: a.max };
  if (a.min < b.min && findText({ ...asked, butNot: undefined, max: Math.min(a.max, b.min - 1) }) !== null)
    return false;
  if (a.max > b.max && findText({ ...asked, butNot: undefined, min: Math.max(a.min, b.max + 1) }) !== null)
    return false;
  return b.patterns.every((butNot) => a.patterns.includes(butNot) || findText({ ...asked, butNot }) === null);
}

/** Cuts the texts by length at the bounds of others. */
export function cutTexts(texts: Texts, others: readonly Texts[]): readonly Texts[] {
  const marks = others.flatMap(({ min, max }) => [min, max + 1]);
  const cuts = [...new Set(marks)].filter((at) => at > texts.min && at <= texts.max).sort((a, b) => a - b);
  if (cuts.length === 0 || cuts.length > 20) return [];
  return [texts.min, ...cuts].map((min, index) => ({
    ...texts,
    min,
    max: (cuts[index] ?? texts.max + 1) - 1,
  }));
}
