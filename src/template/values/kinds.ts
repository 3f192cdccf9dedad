import { Dict } from "./dict.js";
import { Float, Tuple, type Value } from "./value.js";

/** Python's name of a value's type. */
export function typeName(value: Value): string {
  switch (typeof value) {
    case "string":
      return "str";
    case "number":
    case "bigint":
      return "int";
    case "boolean":
      return "bool";
    default:
      break;
  }
  if (value === null) return "NoneType";
  if (Array.isArray(value)) return "list";
  if (value instanceof Float) return "float";
  if (value instanceof Tuple) return "tuple";
  return value instanceof Dict ? "dict" : value.type;
}

/** Whether Python calls the value true. */
export function isTrue(value: Value): boolean {
  switch (typeof value) {
    case "boolean":
      return value;
    case "string":
      return value !== "";
    case "number":
      return value !== 0;
    case "bigint":
      return true;
    default:
      break;
  }
  if (value === null) return false;
  if (Array.isArray(value)) return value.length > 0;
  if (value instanceof Dict) return value.size > 0;
  if (value instanceof Float) return value.value !== 0;
  return value instanceof Tuple ? value.items.length > 0 : value.truth();
}

/** An int from a bigint: a number again when that is exact. */
export function integer(value: bigint): number | bigint {
  const small = Number(value);
  return Number.isSafeInteger(small) ? small : value;
}

/** The int or float behind a bool, int or float; undefined for anything else. */
export function numeric(value: Value): number | bigint | Float | undefined {
  if (typeof value === "number" || typeof value === "bigint" || value instanceof Float) return value;
  return typeof value === "boolean" ? Number(value) : undefined;
}
