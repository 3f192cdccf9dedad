import { readProperty } from "../values/from-host.js";
import type { Value } from "../values/value.js";
import type { Run } from "./run.js";

/**
 * Names that a template sees from outside, and the names that its top level sets. Contexts form a chain: an included
 * template gets a new one whose `outer` is the includer's.
 */
export class Context {
  /** What the top level has set so far; what an import exports. */
  readonly vars = new Map<string, Value>();
  /** Names set by an import, which are not exported again. */
  readonly imported = new Set<string>();

  constructor(readonly outer: Names) {}

  /** The value of a name; undefined when nothing defines it. */
  resolve(name: string): Value | undefined {
    const own = this.vars.get(name);
    return own === undefined ? this.outer.resolve(name) : own;
  }
}

/** Anything that knows values by name. */
export interface Names {
  resolve(name: string): Value | undefined;
}

/** The caller's variables, and behind them the built-in functions. */
export class Variables implements Names {
  /** Lists and objects that were read, so that each is copied once. */
  readonly #copies = new Map<string, Value>();

  constructor(
    readonly source: Readonly<Record<string, unknown>>,
    readonly run: Run,
    readonly globals: Names,
  ) {}

  resolve(name: string): Value | undefined {
    const known = this.#copies.size === 0 ? undefined : this.#copies.get(name);
    if (known !== undefined) return known;
    const value = readProperty(this.source, name, this.run);
    if (value === undefined) return this.globals.resolve(name);
    if (typeof value === "object") this.#copies.set(name, value);
    return value;
  }
}
