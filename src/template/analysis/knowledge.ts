/**
 * What is known at a place of the template: names that the template itself has set there, with the path of the
 * variable they stand for (null when they stand for none), and paths that are known to be there. Inner places look
 * outwards, so that going into a block costs nothing.
 */
export class Knowledge {
  readonly #bound = new Map<string, { readonly path: string | null } | "unset">();
  /** Paths that are there, by the name they begin with. */
  readonly #present = new Map<string, Set<string>>();

  constructor(
    readonly outer: Knowledge | null = null,
    present: Iterable<string> = [],
  ) {
    for (const path of present) this.#learn(path);
  }

  /** A place inside this one where more paths are there; what it learns does not show here. */
  fork(present: Iterable<string> = []): Knowledge {
    return new Knowledge(this, present);
  }

  bind(name: string, path: string | null = null): void {
    this.#bound.set(name, { path });
    this.#present.delete(name);
  }

  /** Forgets names that were bound further out. */
  unbind(names: Iterable<string>): void {
    for (const name of names) this.#bound.set(name, "unset");
  }

  isBound(name: string): boolean {
    const own = this.#bound.get(name);
    return own === undefined ? this.outer?.isBound(name) === true : own !== "unset";
  }

  /** The path of the variable that a local name stands for. */
  aliasOf(name: string): string | null {
    const own = this.#bound.get(name);
    if (own === undefined) return this.outer?.aliasOf(name) ?? null;
    return own === "unset" ? null : own.path;
  }

  isPresent(path: string): boolean {
    const name = rootOf(path);
    if (this.#present.get(name)?.has(path) === true) return true;
    return !this.#bound.has(name) && this.outer?.isPresent(path) === true;
  }

  /**
   * Learns what all branches of an `if` have in common: a name that each of them either sets or proves to be there
   * needs nothing from the caller afterwards.
   */
  join(branches: readonly Knowledge[]): void {
    const [first] = branches;
    if (first === undefined) return;
    for (const name of first.#newSince(this)) {
      if (!branches.every((branch) => branch.isBound(name) || branch.isPresent(name))) continue;
      const alias = first.aliasOf(name);
      const isSetEverywhere = branches.every((branch) => branch.isBound(name));
      if (!isSetEverywhere) this.#learn(name);
      else if (!this.isBound(name))
        this.bind(name, branches.every((branch) => branch.aliasOf(name) === alias) ? alias : null);
    }
  }

  /** Names that were bound or proved since an outer place. */
  #newSince(outer: Knowledge): string[] {
    const own = [...this.#bound.keys(), ...this.#present.keys()];
    return this.outer === null || this.outer === outer ? own : own.concat(this.outer.#newSince(outer));
  }

  #learn(path: string): void {
    const name = rootOf(path);
    const known = this.#present.get(name);
    if (known === undefined) this.#present.set(name, new Set([path]));
    else known.add(path);
  }
}

/** The variable that a path begins with. */
export function rootOf(path: string): string {
  return /^[^.[]*/.exec(path)?.[0] ?? path;
}
