import type { Run } from "../runtime/run.js";
import { characters } from "./characters.js";
import { typeName } from "./kinds.js";
import { Range } from "./range.js";
import { isUndefined, typeError } from "./undefined.js";
import { Tuple, type Value } from "./value.js";

/** The three parts of `value[start:stop:step]`; `None` where one was left out. */
export interface SliceBounds {
  readonly start: Value;
  readonly stop: Value;
  readonly step: Value;
}

/** Python's `value[start:stop:step]` of a text, list, tuple or range; undefined for anything else. */
export function slice(value: Value, bounds: SliceBounds, run: Run): Value | undefined {
  if (typeof value === "string") return run.grown(pick(characters(value), bounds, run).join(""));
  if (Array.isArray(value)) return pick(value, bounds, run);
  if (value instanceof Tuple) return new Tuple(pick(value.items, bounds, run));
  if (!(value instanceof Range)) return undefined;
  const { start, stop, step } = resolved(value.size(), bounds);
  return new Range(value.item(start), value.item(stop), value.step * step);
}

function pick<Item>(items: readonly Item[], bounds: SliceBounds, run: Run): Item[] {
  const { start, stop, step } = resolved(items.length, bounds);
  run.charge(items.length);
  if (step === 1) return items.slice(start, Math.max(start, stop));
  const picked: Item[] = [];
  for (let index = start; step > 0 ? index < stop : index > stop; index += step)
    picked.push(items[index] as Item);
  return picked;
}

/** The bounds as Python's `slice.indices(length)` gives them. */
function resolved(length: number, bounds: SliceBounds): { start: number; stop: number; step: number } {
  const step = bound(bounds.step) ?? 1;
  if (step === 0) throw typeError("the step of a slice is zero");
  const [lowest, highest] = step > 0 ? [0, length] : [-1, length - 1];
  const place = (given: number | undefined, otherwise: number): number => {
    if (given === undefined) return otherwise;
    return Math.min(Math.max(given < 0 ? given + length : given, lowest), highest);
  };
  return {
    start: place(bound(bounds.start), step > 0 ? lowest : highest),
    stop: place(bound(bounds.stop), step > 0 ? highest : lowest),
    step,
  };
}

function bound(value: Value): number | undefined {
  if (value === null) return undefined;
  if (typeof value === "number") return value;
  if (typeof value === "boolean" || typeof value === "bigint") return Number(value);
  if (isUndefined(value)) value.fail();
  throw typeError(`a slice takes whole numbers, not a ${typeName(value)}`);
}
