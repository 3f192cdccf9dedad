import { Dict } from "../values/dict.js";
import { Float, Tuple, type Value } from "../values/value.js";
import type { Builtin } from "./builtin.js";
import { dictMethods } from "./dict-methods.js";
import { floatMethods, listMethods, tupleMethods } from "./list-methods.js";
import { searchMethods } from "./str-search-methods.js";
import { shapeMethods } from "./str-shape-methods.js";

/** The Python method of this name that a value has by its type; undefined when there is none. */
export function methodOf(value: Value, name: string): Builtin | undefined {
  if (typeof value === "string") return searchMethods.get(name) ?? shapeMethods.get(name);
  if (Array.isArray(value)) return listMethods.get(name);
  if (value instanceof Dict) return dictMethods.get(name);
  if (value instanceof Tuple) return tupleMethods.get(name);
  return value instanceof Float ? floatMethods.get(name) : undefined;
}
