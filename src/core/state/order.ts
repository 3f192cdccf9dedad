import { isJsonObject, type JsonValue } from "../json.js";
import { contracts } from "../schema/contracts.js";
import { knownKeys } from "../schema/known-keys.js";

/** Orders two keys of the map at a path: settings as the schema lists them, ids by code unit. */
export function compareKeys(a: string, b: string, path: readonly string[]): number {
  const order = knownKeys(contracts.state, path);
  const rank = (key: string): number => (order.includes(key) ? order.indexOf(key) : order.length);
  return rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0);
}

/** The value with the keys of all its maps in the canonical order. */
export function inOrder(value: JsonValue, path: readonly string[]): JsonValue {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map((item) => inOrder(item, path));
  if (!isJsonObject(value)) return value;
  const keys = Object.keys(value).sort((a, b) => compareKeys(a, b, path));
  return Object.fromEntries(keys.map((key) => [key, inOrder(value[key] ?? null, [...path, key])]));
}
