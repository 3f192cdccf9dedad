/**
 * What is known at a place of the template: names that the template itself has set there, with the path of the
 * variable they stand for (null when they stand for none), and paths that are known to be there.
 */
export class Knowledge {
  readonly #bound: Map<string, string | null>;
  readonly #present: Set<string>;

  constructor(bound: Iterable<readonly [string, string | null]> = [], present: Iterable<string> = []) {
    this.#bound = new Map(bound);
    this.#present = new Set(present);
  }

  /** A copy with more paths that are there; what happens to the copy does not show here. */
  fork(present: Iterable<string> = []): Knowledge {
    return new Knowledge(this.#bound, [...this.#present, ...present]);
  }

  bind(name: string, path: string | null = null): void {
    this.#bound.set(name, path);
    for (const known of this.#present)
      if (known === name || known.startsWith(`${name}.`)) this.#present.delete(known);
  }

  /** Forgets names that were bound. */
  unbind(names: Iterable<string>): void {
    for (const name of names) this.#bound.delete(name);
  }

  isBound(name: string): boolean {
    return this.#bound.has(name);
  }

  /** The path of the variable that a local name stands for. */
  aliasOf(name: string): string | null {
    return this.#bound.get(name) ?? null;
  }

  isPresent(path: string): boolean {
    return this.#present.has(path);
  }

  /**
   * Learns what all branches of an `if` have in common: a name that each of them either sets or proves to be there
   * needs nothing from the caller afterwards.
   */
  join(branches: readonly Knowledge[]): void {
    const [first, ...rest] = branches;
    if (first === undefined) return;
    for (const name of [...first.#bound.keys(), ...first.#present]) {
      if (!branches.every((branch) => branch.#bound.has(name) || branch.#present.has(name))) continue;
      const alias = first.aliasOf(name);
      const isSetEverywhere = branches.every((branch) => branch.#bound.has(name));
      if (!isSetEverywhere) this.#present.add(name);
      else if (!this.isBound(name))
        this.bind(name, rest.every((branch) => branch.aliasOf(name) === alias) ? alias : null);
    }
  }
}
