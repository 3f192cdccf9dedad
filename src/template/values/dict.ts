import { Special } from "./special.js";
import { isUndefined, typeError } from "./undefined.js";
import { Float, Tuple, type Value } from "./value.js";

/** What stands for a key in a Map: equal for keys that Python calls equal, such as `1`, `1.0` and `True`. */
export type Key = string | number | bigint | null | Special;

/**
 * The Map key of a value. A string stands for itself, unless it begins with a NUL, which marks other kinds.
 * @throws PromptSyncError `TEMPLATE_TYPE` for lists and dicts, as Python cannot hash them
 */
export function keyOf(value: Value): Key {
  switch (typeof value) {
    case "string":
      return value.charCodeAt(0) === 0 ? `\0s${value}` : value;
    case "number":
    case "bigint":
      return value;
    case "boolean":
      return value ? 1 : 0;
    default:
      break;
  }
  if (value === null) return null;
  if (value instanceof Float) return floatKey(value.value);
  if (value instanceof Tuple) return `\0t${value.items.map((item) => part(keyOf(item))).join("")}`;
  if (value instanceof Special) return isUndefined(value) && value.mode === "strict" ? value.fail() : value;
  throw typeError(`a ${Array.isArray(value) ? "list" : "dict"} cannot be a key or a member of a set`);
}

function floatKey(value: number): Key {
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? BigInt(value) : value === 0 ? 0 : value;
}

/** One member of a tuple's key, with its length so that no two tuples read the same. */
function part(key: Key): string {
  if (key instanceof Special) throw typeError(`a tuple that holds a \`${key.type}\` cannot be a key`);
  const text = String(key);
  return `${key === null ? "n" : typeof key}${text.length}:${text}`;
}

/** Python's `dict`: insertion order, keys of any hashable kind, equal keys are one. */
export class Dict {
  readonly #values = new Map<Key, Value>();
  /** The keys as they were written, where that is not the Map key itself. */
  #written: Map<Key, Value> | null = null;

  /** A dict of these pairs; later ones win. */
  static of(pairs: Iterable<readonly [Value, Value]>): Dict {
    const dict = new Dict();
    for (const [key, value] of pairs) dict.set(key, value);
    return dict;
  }

  get size(): number {
    return this.#values.size;
  }

  get(key: Value): Value | undefined {
    return this.#values.get(keyOf(key));
  }

  has(key: Value): boolean {
    return this.#values.has(keyOf(key));
  }

  set(key: Value, value: Value): void {
    const own = keyOf(key);
    if (own !== key && !this.#values.has(own)) (this.#written ??= new Map()).set(own, key);
    this.#values.set(own, value);
  }

  delete(key: Value): boolean {
    const own = keyOf(key);
    this.#written?.delete(own);
    return this.#values.delete(own);
  }

  clear(): void {
    this.#values.clear();
    this.#written = null;
  }

  keys(): Value[] {
    const written = this.#written;
    const keys = [...this.#values.keys()];
    return written === null ? keys : keys.map((key) => written.get(key) ?? key);
  }

  values(): Value[] {
    return [...this.#values.values()];
  }

  pairs(): [Value, Value][] {
    const values = this.values();
    return this.keys().map((key, index) => [key, values[index] as Value]);
  }
}
