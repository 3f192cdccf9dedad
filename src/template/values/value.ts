import type { Dict } from "./dict.js";
import type { Special } from "./special.js";

/**
 * A value inside a template. JavaScript numbers are Python's `int` (always whole and safe, larger ones are bigints),
 * `null` is `None`, arrays are `list`; everything else that Python tells apart has a class of its own.
 */
export type Value = null | boolean | number | bigint | string | Value[] | Float | Tuple | Dict | Special;

/** Python's `float`: boxed, because `1.0` and `1` print differently. */
export class Float {
  constructor(readonly value: number) {}
}

/** Python's `tuple`. */
export class Tuple {
  constructor(
    readonly items: readonly Value[],
    /** Names of the items, for the named tuples that `groupby` makes. */
    readonly names: readonly string[] = [],
  ) {}
}

/** Positional and named arguments of a call. */
export interface Args {
  readonly positional: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
}

/** No named arguments. */
export const noNames: ReadonlyMap<string, Value> = new Map();
