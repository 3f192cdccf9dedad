import type { JsonValue } from "../core/json.js";
import type { JudgedChange } from "./change.js";
import { itemAt, type Lists } from "./kinds/list.js";
import { sample } from "./sample.js";
import { walk, type Place, type Sides, type Walk } from "./walk.js";

/** Compares two lists: the first places one by one, then the items of all others. */
export function compareLists(walker: Walk, place: Place, sides: Sides<Lists>): readonly JudgedChange[] {
  const { before, after, demand } = sides;
  const length = Math.max(before.prefix.length, after.prefix.length);
  const at = (index: number, token: string): readonly JudgedChange[] =>
    walk(walker, {
      before: itemAt(before, index),
      after: itemAt(after, index),
      demand: itemAt(demand, index),
      pointer: `${place.pointer}/${token}`,
      lift: (value) =>
        liftItem(walker, { place, lists: walker.role === "input" ? before : after, index, value }),
    });
  const prefix = Array.from({ length }, (_, index) => at(index, `prefixItems/${String(index)}`)).flat();
  return [...prefix, ...at(length, "items")];
}

interface Item {
  readonly place: Place;
  readonly lists: Lists;
  readonly index: number;
  readonly value: JsonValue;
}

function liftItem({ work }: Walk, { place, lists, index, value }: Item): JsonValue | undefined {
  const length = Math.max(index + 1, lists.min);
  if (length > 100) return undefined;
  const items = Array.from({ length }, (_, at) => (at === index ? value : sample(work, itemAt(lists, at))));
  return items.every((item) => item !== undefined) ? place.lift(items) : undefined;
}
