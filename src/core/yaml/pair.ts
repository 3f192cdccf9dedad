import { isMap, isPair, isSeq, type Node, type Pair, type Scalar } from "yaml";

/** An entry of a map whose key is a plain word. */
export type Entry = Pair<Scalar, Node | null>;

/** The key as a text. */
export function keyOf({ key }: Entry): string {
  return String(key.value);
}

/** Where an entry begins; 0-based, in code units. */
export function startOf({ key }: Entry): number {
  return key.range?.[0] ?? 0;
}

/** Where an entry or a value ends: behind its last word, before a comment on the same line. */
export function endOf(item: Entry | Node): number {
  if (isPair(item)) return item.value === null ? (item.key.range?.[1] ?? 0) : endOf(item.value);
  const last: unknown = (isMap(item) || isSeq(item)) && item.flow !== true ? item.items.at(-1) : undefined;
  return last === undefined ? (item.range?.[1] ?? 0) : endOf(last as Node);
}
