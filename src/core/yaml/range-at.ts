import { isMap, isScalar, isSeq, type Node, type Range } from "yaml";

/** The range of the entry at a path: its key or its value; of the nearest entry above when it does not exist. */
export function rangeAt(
  root: Node | null,
  path: readonly (string | number)[],
  part: "key" | "value",
): Range | null | undefined {
  let node: Node | null = root;
  let range = root?.range;
  for (const [index, step] of path.entries()) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
      if (pair === undefined) break;
      const value = pair.value as Node | null;
      const isLast = index === path.length - 1;
      range =
        isLast && (part === "key" || isEmpty(value))
          ? (pair.key as Node).range
          : (value ?? (pair.key as Node)).range;
      node = value;
    } else if (isSeq(node)) {
      const item: Node | undefined = node.items[Number(step)] as Node | undefined;
      if (item === undefined) break;
      range = item.range;
      node = item;
    } else break;
  }
  return range;
}

/** Says whether a value is left out, so that only its key can be pointed at. */
function isEmpty(value: Node | null): boolean {
  return !value?.range || value.range[0] === value.range[1];
}
