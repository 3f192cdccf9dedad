import { PromptSyncError } from "../../core/errors.js";
import type { JsonValue } from "../../core/json.js";
import { exceeded } from "../runtime/limits.js";
import type { Run } from "../runtime/run.js";
import { Dict, type HostObject } from "./dict.js";
import { integer } from "./kinds.js";
import { Float, Tuple, type Value } from "./value.js";

/**
 * One own property of the caller's object as a template value; undefined when there is no such property or it holds
 * `undefined`. Only plain data is taken: no getter is run, functions and class instances are refused, and lists are
 * copied, so that nothing that a template does reaches the caller's objects.
 * @throws PromptSyncError `TEMPLATE_TYPE`, `TEMPLATE_LIMIT` for lists inside each other without end
 */
export function readProperty(object: object, key: string, run: Run): Value | undefined {
  const descriptor = describe(object, key);
  if (descriptor === undefined || descriptor.enumerable !== true) return undefined;
  if (!("value" in descriptor)) throw refused(key, "is computed by a getter");
  return fromHost(descriptor.value, key, { run, depth: 0 });
}

/** A proxy may throw what it likes; it becomes the cause of an error of ours. */
function describe(object: object, key: string): PropertyDescriptor | undefined {
  try {
    return Object.getOwnPropertyDescriptor(object, key);
  } catch (error) {
    throw refused(key, "cannot be read", error);
  }
}

interface Reading {
  readonly run: Run;
  /** Lists around the value. */
  readonly depth: number;
}

function fromHost(value: unknown, key: string, reading: Reading): Value | undefined {
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
      return value === null ? null : fromObject(value, key, reading);
    default:
      throw refused(key, `is a ${typeof value}`);
  }
}

function fromObject(object: object, key: string, { run, depth }: Reading): Value {
  try {
    if (Array.isArray(object)) return copyList(object, key, { run, depth: depth + 1 });
    if (isPlain(object)) return new Dict(new PlainObject(object, run));
  } catch (error) {
    if (error instanceof PromptSyncError) throw error;
    throw refused(key, "cannot be read", error);
  }
  throw refused(key, `is an instance of ${className(object)}`);
}

function copyList(array: readonly unknown[], key: string, reading: Reading): Value[] {
  const { run, depth } = reading;
  if (depth > run.limits.depth)
    throw exceeded("depth", run.limits.depth, `\`${key}\` is nested too deep, or holds itself`);
  run.charge(array.length);
  const list: Value[] = [];
  for (let index = 0; index < array.length; index += 1) {
    const descriptor = Object.getOwnPropertyDescriptor(array, index);
    if (descriptor !== undefined && !("value" in descriptor))
      throw refused(`${key}[${index}]`, "is computed by a getter");
    list.push(fromHost(descriptor?.value, key, reading) ?? null);
  }
  return list;
}

/** An object of the caller that a dict reads from until it is changed or listed. */
class PlainObject implements HostObject {
  constructor(
    readonly object: object,
    readonly run: Run,
  ) {}

  read(key: string): Value | undefined {
    return readProperty(this.object, key, this.run);
  }

  keys(): readonly string[] {
    const keys = Object.keys(this.object);
    this.run.charge(keys.length);
    return keys;
  }
}

/** An object literal, of this realm or another: its prototype is nothing, or has none itself. */
function isPlain(object: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(object);
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}

function className(object: object): string {
  const prototype: unknown = Object.getPrototypeOf(object);
  const constructor = Object.getOwnPropertyDescriptor(prototype ?? {}, "constructor")?.value as unknown;
  const name = Object.getOwnPropertyDescriptor(constructor ?? {}, "name")?.value as unknown;
  return typeof name === "string" && name !== "" ? `\`${name}\`` : "a class";
}

function refused(key: string, why: string, cause?: unknown): PromptSyncError {
  const hint = "pass plain data: text, numbers, booleans, null, lists and objects of these";
  return new PromptSyncError("TEMPLATE_TYPE", `\`${key}\` ${why}`, { hint, cause });
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
