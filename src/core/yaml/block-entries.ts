import { isMap, isScalar, parseDocument, type Node } from "yaml";
import { endOf, keyOf, startOf, type Entry } from "./pair.js";
import { TextEdit } from "./text-edit.js";

/** The whole lines that an entry of a block map stands on; positions are 0-based, in code units. */
export interface BlockEntry {
  readonly path: readonly string[];
  /** Where the first line begins. */
  readonly start: number;
  /** Where the last line ends, before its line break. */
  readonly end: number;
  /** How far the entry is indented. */
  readonly column: number;
}

/** The entries of all block maps of a YAML text by {@link pathId}; what stands inside a flow map has no lines of its own. */
export function blockEntries(text: string): ReadonlyMap<string, BlockEntry> {
  const found = new Map<string, BlockEntry>();
  const lines = new TextEdit(text);
  const walk = (node: Node | null, above: readonly string[]): void => {
    if (!isMap(node) || node.flow === true) return;
    for (const entry of node.items as Entry[]) {
      if (!isScalar(entry.key)) continue;
      const path = [...above, keyOf(entry)];
      const at = startOf(entry);
      const [start, end] = [lines.lineStart(at), lines.lineEnd(endOf(entry))];
      found.set(pathId(path), { path, start, end, column: at - start });
      walk(entry.value, path);
    }
  };
  walk(parseDocument(text, { uniqueKeys: false, version: "1.2", schema: "core" }).contents, []);
  return found;
}

/** A path as one word, for maps and sets. */
export function pathId(path: readonly string[]): string {
  return path.join("\0");
}
