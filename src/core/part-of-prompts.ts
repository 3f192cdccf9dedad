import type { CatalogPrompt } from "./catalog.js";

/**
 * Some prompts of a registry, which notes what it was asked for and does not hold: whoever decided by it then reads
 * that too and decides again. So a check looks at a part as it looks at the whole, and cannot mistake what was not
 * read for what is not there.
 */
export class PartOfPrompts extends Map<string, CatalogPrompt> {
  readonly #known: ReadonlySet<string>;
  readonly #missed = new Set<string>();
  #isAllAsked = false;

  /** `known` are the names that were looked up: those that `prompts` does not have are of no prompt. */
  constructor(prompts: Iterable<readonly [string, CatalogPrompt]>, known: ReadonlySet<string>) {
    super();
    for (const [name, prompt] of prompts) super.set(name, prompt);
    this.#known = known;
  }

  /** The names that nobody had looked up. */
  get missed(): ReadonlySet<string> {
    return this.#missed;
  }

  /** Whether an answer needs every prompt there is. */
  get isAllAsked(): boolean {
    return this.#isAllAsked;
  }

  /** The prompts that are held, without asking for the others. */
  held(): IterableIterator<CatalogPrompt> {
    return super.values();
  }

  askForAll(): void {
    this.#isAllAsked = true;
  }

  override get(name: string): CatalogPrompt | undefined {
    this.#ask(name);
    return super.get(name);
  }

  override has(name: string): boolean {
    this.#ask(name);
    return super.has(name);
  }

  override get size(): number {
    this.askForAll();
    return super.size;
  }

  override keys(): MapIterator<string> {
    this.askForAll();
    return super.keys();
  }

  override values(): MapIterator<CatalogPrompt> {
    this.askForAll();
    return super.values();
  }

  override entries(): MapIterator<[string, CatalogPrompt]> {
    this.askForAll();
    return super.entries();
  }

  override [Symbol.iterator](): MapIterator<[string, CatalogPrompt]> {
    return this.entries();
  }

  override forEach(...args: Parameters<Map<string, CatalogPrompt>["forEach"]>): void {
    this.askForAll();
    super.forEach(...args);
  }

  #ask(name: string): void {
    if (!this.#known.has(name)) this.#missed.add(name);
  }
}

/** Says that an answer needs all prompts of a registry and what the state says of them. */
export function askForAll(prompts: ReadonlyMap<string, CatalogPrompt>): void {
  if (prompts instanceof PartOfPrompts) prompts.askForAll();
}
