import { PromptSyncError } from "../../core/errors.js";
import type { JsonValue } from "../../core/json.js";
import type { Run } from "../runtime/run.js";
import { exceeded } from "../runtime/limits.js";
import { Dict } from "./dict.js";
import { integer } from "./kinds.js";
import { Float, Tuple, type Value } from "./value.js";

/**
 * A copy of one own property of the caller's object as template values; undefined when there is no such property or
 * it holds `undefined`. Only plain data is taken: no getter is run, and functions and class instances are refused.
 * @throws PromptSyncError `TEMPLATE_TYPE` naming the path, `TEMPLATE_LIMIT` for deep or circular data
 */
export function snapshot(object: object, key: string, run: Run): Value | undefined {
  const copier = new Copier(run);
  try {
    return copier.property(object, key);
  } catch (error) {
    if (error instanceof PromptSyncError) throw error;
    throw copier.refused("cannot be read", error);
  }
}

class Copier {
  /** Keys from the variable down to what is copied now. */
  readonly #path: (string | number)[] = [];

  constructor(readonly run: Run) {}

  property(object: object, key: string | number): Value | undefined {
    const descriptor = Object.getOwnPropertyDescriptor(object, key);
    if (descriptor === undefined || descriptor.enumerable !== true) return undefined;
    this.#path.push(key);
    if (!("value" in descriptor)) throw this.refused("is computed by a getter");
    const value = this.#copy(descriptor.value);
    this.#path.pop();
    return value;
  }

  #copy(value: unknown): Value | undefined {
    switch (typeof value) {
      case "string":
      case "boolean":
      case "undefined":
        return value;
      case "number":
        return Number.isSafeInteger(value) ? value + 0 : new Float(value);
      case "bigint":
        return integer(value);
      case "object":
        return value === null ? null : this.#copyObject(value);
      default:
        throw this.refused(`is a ${typeof value}`);
    }
  }

  #copyObject(object: object): Value {
    const { depth } = this.run.limits;
    if (this.#path.length > depth) {
      throw exceeded("depth", depth, `variable \`${this.#path[0]}\` is nested too deep, or contains itself`);
    }
    if (Array.isArray(object)) return this.#copyArray(object);
    if (!isPlain(object)) throw this.refused(`is an instance of ${className(object)}`);
    const dict = new Dict();
    const keys = Object.keys(object);
    this.run.charge(keys.length);
    for (const key of keys) {
      const value = this.property(object, key);
      if (value !== undefined) dict.set(key, value);
    }
    return dict;
  }

  #copyArray(array: readonly unknown[]): Value[] {
    this.run.charge(array.length);
    const list: Value[] = [];
    for (let index = 0; index < array.length; index += 1) list.push(this.property(array, index) ?? null);
    return list;
  }

  /** The error that names the path. */
  refused(why: string, cause?: unknown): PromptSyncError {
    const [name, ...rest] = this.#path;
    const steps = rest.map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`));
    return new PromptSyncError("TEMPLATE_TYPE", `variable \`${name}${steps.join("")}\` ${why}`, {
      hint: "pass plain data: text, numbers, booleans, null, lists and objects of these",
      cause,
    });
  }
}

/** An object literal, of this realm or another: its prototype is nothing, or has none itself. */
function isPlain(object: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(object);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function className(object: object): string {
  const prototype: unknown = Object.getPrototypeOf(object);
  const constructor = Object.getOwnPropertyDescriptor(prototype ?? {}, "constructor")?.value as unknown;
  const name = Object.getOwnPropertyDescriptor(constructor ?? {}, "name")?.value as unknown;
  return typeof name === "string" && name !== "" ? `\`${name}\`` : "a class";
}

/** A template value as plain JSON for the caller; undefined for what JSON cannot say. */
export function toHost(value: Value): JsonValue | undefined {
  if (
    value === null ||
    typeof value === "string" ||
    typeof value === "boolean" ||
    typeof value === "number"
  ) {
    return value;
  }
  if (typeof value === "bigint") return Number(value);
  if (value instanceof Float) return value.value;
  if (Array.isArray(value)) return value.map((item) => toHost(item) ?? null);
  if (value instanceof Tuple) return value.items.map((item) => toHost(item) ?? null);
  if (!(value instanceof Dict)) return undefined;
  const pairs = value.pairs().flatMap(([key, item]) => {
    const plain = toHost(item);
    return plain === undefined || typeof key !== "string" ? [] : [[key, plain] as const];
  });
  return Object.fromEntries(pairs);
}
