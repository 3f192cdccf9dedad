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

/** Plain data of the caller that has not been copied yet. */
export interface HostObject {
  /** The value of a key; undefined when there is none. */
  read(key: string): Value | undefined;
  keys(): readonly string[];
}

/**
 * Python's `dict`: insertion order, keys of any hashable kind, equal keys are one. One that stands for an object of
 * the caller copies single values when they are read, and everything before it is changed or listed.
 */
export class Dict {
  readonly #values = new Map<Key, Value>();
  /** The keys as they were written, where that is not the Map key itself. */
  #written: Map<Key, Value> | null = null;
  #host: HostObject | null;

  constructor(host: HostObject | null = null) {
    this.#host = host;
  }

  /** A dict of these pairs; later ones win. */
  static of(pairs: Iterable<readonly [Value, Value]>): Dict {
    const dict = new Dict();
    for (const [key, value] of pairs) dict.set(key, value);
    return dict;
  }

  /** All values, copied from the caller's object if that has not happened yet. */
  get #all(): Map<Key, Value> {
    const host = this.#host;
    if (host === null) return this.#values;
    this.#host = null;
    const copied = new Map(this.#values);
    this.#values.clear();
    for (const key of host.keys()) {
      const value = copied.get(keyOf(key)) ?? host.read(key);
      if (value !== undefined) this.set(key, value);
    }
    return this.#values;
  }

  get size(): number {
    return this.#all.size;
  }

  get(key: Value): Value | undefined {
    if (this.#host === null) return this.#values.get(keyOf(key));
    if (typeof key !== "string") return this.#all.get(keyOf(key));
    const value = this.#host.read(key);
    if (typeof value !== "object" || value === null) return value;
    const own = keyOf(key);
    const known = this.#values.get(own);
    if (known !== undefined) return known;
    this.#values.set(own, value);
    return value;
  }

  has(key: Value): boolean {
    return this.#all.has(keyOf(key));
  }

  set(key: Value, value: Value): void {
    const own = keyOf(key);
    const all = this.#all;
    if (own !== key && !all.has(own)) (this.#written ??= new Map()).set(own, key);
    all.set(own, value);
  }

  delete(key: Value): boolean {
    const own = keyOf(key);
    const isThere = this.#all.delete(own);
    this.#written?.delete(own);
    return isThere;
  }

  clear(): void {
    this.#host = null;
    this.#values.clear();
    this.#written = null;
  }

  keys(): Value[] {
    const keys = [...this.#all.keys()];
    const written = this.#written;
    return written === null ? keys : keys.map((key) => written.get(key) ?? key);
  }

  values(): Value[] {
    return [...this.#all.values()];
  }

  pairs(): [Value, Value][] {
    const values = this.values();
    return this.keys().map((key, index) => [key, values[index] as Value]);
  }
}
