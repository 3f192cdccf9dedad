import { blockKeyAt } from "./plain-scalar.js";

/** A path into a YAML text. */
type Path = readonly (string | number)[];

/** Whole lines of a text that hold one entry of a block map; they read as a text of their own. */
export interface EntryText {
  readonly text: string;
  /** 1-based, in the whole text. */
  readonly firstLine: number;
}

/** An entry of a block map: from its key to the next one. Offsets are 0-based. */
interface Entry {
  readonly start: number;
  readonly end: number;
  /** 1-based. */
  readonly line: number;
  /** Where the line of the key ends. */
  readonly keyLineEnd: number;
}

/**
 * Finds the lines of entries in a text that `readSubset` could read, where indentation alone says what belongs to
 * what: asking where one prompt of a thousand stands then costs a search for keys and not a parse. Goes two maps deep,
 * as `prompts: { qualify-lead: … }` does.
 */
export class EntryFinder {
  readonly #maps = new Map<number, ReadonlyMap<string, Entry>>();

  constructor(private readonly text: string) {}

  /** The lines that hold the entry at a path, and the path in them; undefined when it is not found that way. */
  find(path: Path): (EntryText & { readonly path: Path }) | undefined {
    const top = this.#entries({ start: 0, end: this.text.length, line: 1 }).get(String(path[0]));
    if (top === undefined) return undefined;
    if (path.length === 1 || !this.#isBlock(top)) return { ...this.#textOf(top), path };
    const { keyLineEnd, end, line } = top;
    const own = this.#entries({ start: keyLineEnd + 1, end, line: line + 1 }).get(String(path[1]));
    return own === undefined ? undefined : { ...this.#textOf(own), path: path.slice(1) };
  }

  #textOf({ start, end, line }: Entry): EntryText {
    return { text: this.text.slice(start, end), firstLine: line };
  }

  /** Says whether the value stands on the lines below the key. */
  #isBlock({ start, keyLineEnd }: Entry): boolean {
    return /:(?: +#.*)?$/.test(this.text.slice(start, keyLineEnd).trimEnd());
  }

  /** The entries of the block map on some lines; none when they hold something else. */
  #entries({ start, end, line }: Pick<Entry, "start" | "end" | "line">): ReadonlyMap<string, Entry> {
    const known = this.#maps.get(start);
    if (known !== undefined) return known;
    const found: (Entry & { readonly key: string })[] = [];
    let indent = -1;
    let number = line;
    for (let at = start, stop = at; at < end; at = stop + 1, number++) {
      stop = this.text.indexOf("\n", at);
      let first = at;
      while (this.text[first] === " ") first++;
      const isSaying = first !== stop && this.text[first] !== "#";
      if (!isSaying || (indent >= 0 && first - at !== indent)) continue;
      indent = first - at;
      const isItem = this.text.startsWith("- ", first);
      if (isItem && found.length === 0) break; // a list
      const key = isItem ? undefined : blockKeyAt(this.text, first)?.key;
      if (key !== undefined) found.push({ key, start: at, end, line: number, keyLineEnd: stop });
    }
    const entries = new Map(
      found.map(({ key, ...entry }, index) => [key, { ...entry, end: found[index + 1]?.start ?? end }]),
    );
    this.#maps.set(start, entries);
    return entries;
  }
}
