import type { Run } from "../runtime/run.js";
import { characters } from "./characters.js";
import { Dict } from "./dict.js";
import { typeName } from "./kinds.js";
import { Special } from "./special.js";
import { typeError } from "./undefined.js";
import { Tuple, type Value } from "./value.js";

/** The elements of anything Python can loop over; undefined for anything else. */
export function elementsIfAny(value: Value, run: Run): readonly Value[] | undefined {
  if (Array.isArray(value)) return value;
  if (typeof value === "string") return run.made(characters(value));
  if (value === null || typeof value !== "object") return undefined;
  if (value instanceof Tuple) return value.items;
  if (value instanceof Dict) return run.made(value.keys());
  return value instanceof Special ? value.elements(run) : undefined;
}

/**
 * The elements of a value, in order: items of a list, characters of a text, keys of a dict.
 * @throws PromptSyncError `TEMPLATE_TYPE` when it cannot be looped over
 */
export function elementsOf(value: Value, run: Run): readonly Value[] {
  const elements = elementsIfAny(value, run);
  if (elements === undefined) throw typeError(`a ${typeName(value)} cannot be looped over`);
  return elements;
}

/** Python's `len()`; undefined for what has no length. */
export function lengthOf(value: Value): number | undefined {
  if (typeof value === "string") return characters(value).length;
  if (Array.isArray(value)) return value.length;
  if (value === null || typeof value !== "object") return undefined;
  if (value instanceof Tuple) return value.items.length;
  if (value instanceof Dict) return value.size;
  return value instanceof Special ? value.size() : undefined;
}
