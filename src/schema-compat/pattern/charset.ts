/** A set of code points: ranges with both ends, ascending, without overlap. */
export type Charset = readonly (readonly [number, number])[];

const lastCode = 0x10ffff;

/** Makes a set of ranges in any order. */
export function charset(...ranges: readonly (readonly [number, number])[]): Charset {
  const merged: [number, number][] = [];
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last !== undefined && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

/** All code points in either set. */
export function union(a: Charset, b: Charset): Charset {
  return charset(...a, ...b);
}

const properties = new Map<string, Charset | undefined>();

/** The code points that have a Unicode property, such as `L` or `Script=Han`; undefined when there is no such one. */
export function property(name: string): Charset | undefined {
  if (properties.size > 50) properties.clear();
  if (!properties.has(name)) properties.set(name, havingProperty(name));
  return properties.get(name);
}

function havingProperty(name: string): Charset | undefined {
  if (!/^[A-Za-z_]{1,40}(=[A-Za-z_]{1,40})?$/.test(name)) return undefined;
  let test: RegExp;
  try {
    test = new RegExp(`^\\p{${name}}$`, "u"); // asked about one character at a time
  } catch {
    return undefined;
  }
  const ranges: [number, number][] = [];
  for (const [from, to] of assigned) {
    for (let code = from; code <= to; code++) {
      if (!test.test(String.fromCodePoint(code))) continue;
      const last = ranges.at(-1);
      if (last?.[1] === code - 1) last[1] = code;
      else ranges.push([code, code]);
    }
  }
  return ranges;
}

/** Where code points differ; no other plane is in use. */
const assigned = [
  [0, 0x3ffff],
  [0xe0000, 0xe0fff],
  [0xf0000, lastCode],
] as const;

/** All code points outside the set. */
export function complement(chars: Charset): Charset {
  const gaps: [number, number][] = [];
  let next = 0;
  for (const [from, to] of chars) {
    if (from > next) gaps.push([next, from - 1]);
    next = to + 1;
  }
  if (next <= lastCode) gaps.push([next, lastCode]);
  return gaps;
}

/** Says whether the set has this code point. */
export function hasCode(chars: Charset, code: number): boolean {
  return chars.some(([from, to]) => from <= code && code <= to);
}

/**
 * One code point for each group that all sets treat alike, readable ones first. Halves of surrogate pairs are left
 * out: they are no characters.
 */
export function representatives(sets: readonly Charset[]): number[] {
  const cuts = new Set([0, 0xd800, 0xe000, 97, 123, 48, 58, 65, 91, lastCode + 1]);
  for (const [from, to] of sets.flat()) cuts.add(from).add(to + 1);
  const starts = [...cuts]
    .sort((a, b) => a - b)
    .filter((code) => code <= lastCode && (code < 0xd800 || code >= 0xe000));
  const rank = (code: number) =>
    code >= 97 && code < 123 ? 0 : code >= 48 && code < 91 ? 1 : code >= 32 && code < 127 ? 2 : 3;
  return starts.sort((a, b) => rank(a) - rank(b) || a - b);
}
