import type { Frame } from "../runtime/frame.js";
import type { Source } from "../source.js";
import type { Value } from "../values/value.js";

/** Everything that is compiled into one kind of {@link Frame}. */
export class Unit {
  #slots = 0;

  /** `around` is the scope that a macro or recursive loop was written in; null for templates and blocks. */
  constructor(
    readonly source: Source,
    readonly around: Scope | null,
  ) {}

  /** Places that a frame of this unit needs. */
  get slots(): number {
    return this.#slots;
  }

  /** A new place. */
  slot(): number {
    this.#slots += 1;
    return this.#slots - 1;
  }
}

/** A name's place, `hops` frames out. */
interface Place {
  readonly hops: number;
  readonly slot: number;
  /** Whether it is always assigned before it is read, so that looking further out is never needed. */
  readonly certain: boolean;
}

/** Reads a name; undefined when nothing defines it. */
export type Read = (frame: Frame) => Value | undefined;

/** The names of a block of the template, with their places. Names of a template's top level live in its context. */
export class Scope {
  readonly #places = new Map<string, { readonly slot: number; readonly certain: boolean }>();

  constructor(
    readonly unit: Unit,
    readonly outer: Scope | null,
    /** The names that belong to the template alone; given for its top level only, where `set` writes to the context. */
    readonly owned: ReadonlySet<string> | null = null,
  ) {}

  /** Whether this is the top level of a template. */
  get isTop(): boolean {
    return this.owned !== null;
  }

  /** A scope inside this one. */
  inner(): Scope {
    return new Scope(this.unit, this);
  }

  /** Gives a name a place. `certain`: see {@link Place}. */
  declare(name: string, certain: boolean): number {
    const known = this.#places.get(name);
    const place = { slot: known?.slot ?? this.unit.slot(), certain: certain || known?.certain === true };
    this.#places.set(name, place);
    return place.slot;
  }

  /** Whether this very scope assigns the name before anything reads it. */
  isCertain(name: string): boolean {
    return this.#places.get(name)?.certain === true;
  }

  /** The place of a name that this very scope declares. */
  own(name: string): number | undefined {
    return this.#places.get(name)?.slot;
  }

  /** What reads a name from here: the innermost place that holds something, else the context. */
  reader(name: string): Read {
    const places = this.#find(name);
    const [first] = places;
    const isOwned = this.#chain().at(-1)?.scope.owned?.has(name) === true;
    if (isOwned && first === undefined) return (frame) => frame.context.vars.get(name);
    if (first === undefined) return (frame) => frame.context.resolve(name);
    const { slot } = first;
    if (places.length === 1 && first.hops === 0) {
      if (first.certain) return (frame) => frame.slots[slot];
      return (frame) => {
        const value = frame.slots[slot];
        return value === undefined ? frame.context.resolve(name) : value;
      };
    }
    return (frame) => {
      for (const place of places) {
        const value = frameOut(frame, place.hops).slots[place.slot];
        if (value !== undefined) return value;
      }
      return frame.context.resolve(name);
    };
  }

  /** The value of a name that another template asks for, as it is seen from here. */
  lookUp(name: string, frame: Frame): Value | undefined {
    for (const place of this.#find(name)) {
      const value = frameOut(frame, place.hops).slots[place.slot];
      if (value !== undefined) return value;
    }
    return frame.context.resolve(name);
  }

  #find(name: string): Place[] {
    const places: Place[] = [];
    for (const { scope, hops } of this.#chain()) {
      const place = scope.#places.get(name);
      if (place === undefined) continue;
      places.push({ ...place, hops });
      if (place.certain) break;
    }
    return places;
  }

  /** This scope and those around it, each with the number of frames to go out. */
  #chain(hops = 0): { readonly scope: Scope; readonly hops: number }[] {
    const { outer, unit } = this;
    const next = outer ?? unit.around;
    const rest = next === null ? [] : next.#chain(outer === null ? hops + 1 : hops);
    return [{ scope: this, hops }, ...rest];
  }
}

function frameOut(frame: Frame, hops: number): Frame {
  let out = frame;
  for (let hop = 0; hop < hops; hop += 1) out = out.outer as Frame;
  return out;
}
