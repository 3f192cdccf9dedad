import { blockEntries, pathId, type BlockEntry } from "./block-entries.js";
import { commentsOf } from "./comments.js";
import { TextEdit } from "./text-edit.js";

/**
 * The blocks at some paths as texts of their own, with their comments, by {@link pathId}; a block that is not written
 * in block style is left out. What stood above or beside the key comes first, with an empty line below it.
 */
export function readBlocks(text: string, paths: readonly (readonly string[])[]): ReadonlyMap<string, string> {
  const place = new Placed(text.replaceAll("\r\n", "\n"));
  return new Map(
    place.find(paths).flatMap(({ id, entry, body }) => {
      if (body === undefined) return [];
      const header = place.headerOf(entry);
      const lines = place.text.slice(body.at, body.end).split("\n");
      const own = lines.map((line) => line.replace(new RegExp(`^ {0,${String(body.column)}}`), "").trimEnd());
      return [[id, [...header, ...(header.length === 0 ? [] : [""]), ...own, ""].join("\n")] as const];
    }),
  );
}

/** The text without the comments that {@link readBlocks} takes along; the values stay. */
export function dropComments(text: string, paths: readonly (readonly string[])[]): string {
  const place = new Placed(text);
  const parts = place.find(paths).map(({ entry }) => place.extentOf(entry));
  const { edit } = place;
  for (const { at, text: comment } of commentsOf(text)) {
    if (!parts.some((part) => at >= part.at && at < part.end)) continue;
    const start = edit.lineStart(at);
    const isAlone = text.slice(start, at).trim() === "";
    const from = isAlone ? start : start + text.slice(start, at).trimEnd().length;
    const until = at + comment.length;
    edit.replace(from, isAlone && text[until] === "\n" ? until + 1 : until, "");
  }
  return edit.result();
}

/** Writes blocks as their own texts have them in the place of the entries of the same value. */
export function writeBlocks(text: string, blocks: ReadonlyMap<string, string>): string {
  const place = new Placed(text);
  for (const [id, own] of blocks) {
    const entry = place.entries.get(id);
    if (entry === undefined) continue;
    const [header, body] = splitHeader(own.replaceAll("\r\n", "\n"));
    const key = text.slice(entry.start, endOfLine(text, entry.start));
    const indent = (line: string, column: number) => (line === "" ? "" : " ".repeat(column) + line);
    const lines = [
      ...header.map((line) => indent(line, entry.column)),
      key,
      ...body.map((line) => indent(line, entry.column + 2)),
    ];
    place.edit.replace(entry.start, entry.end, lines.join("\n"));
  }
  return place.edit.result();
}

/** The comment lines that an empty line parts from the block, and the block. */
function splitHeader(own: string): [header: readonly string[], body: readonly string[]] {
  const lines = own.trimEnd().split("\n");
  const length = lines.findIndex((line) => !line.startsWith("#"));
  return length > 0 && lines[length] === "" ? [lines.slice(0, length), lines.slice(length + 1)] : [[], lines];
}

/** Part of a text; 0-based, in code units, `end` before the last line break. */
interface Extent {
  readonly at: number;
  readonly end: number;
}

interface Found {
  readonly id: string;
  readonly entry: BlockEntry;
  /** The lines below the key; undefined when the value does not stand on lines of its own. */
  readonly body: (Extent & { readonly column: number }) | undefined;
}

/** A YAML text whose entries are known by their lines. */
class Placed {
  readonly entries: ReadonlyMap<string, BlockEntry>;
  readonly edit: TextEdit;

  constructor(readonly text: string) {
    this.entries = blockEntries(text);
    this.edit = new TextEdit(text);
  }

  find(paths: readonly (readonly string[])[]): Found[] {
    const children = new Map<string, BlockEntry>();
    for (const entry of this.entries.values()) {
      const above = pathId(entry.path.slice(0, -1));
      if (!children.has(above)) children.set(above, entry);
    }
    return paths.flatMap((path) => {
      const id = pathId(path);
      const entry = this.entries.get(id);
      if (entry === undefined) return [];
      const child = children.get(id);
      const at = endOfLine(this.text, entry.start) + 1;
      const { end } = this.extentOf(entry);
      const body = child === undefined || child.start < at ? undefined : { at, end, column: child.column };
      return [{ id, entry, body }];
    });
  }

  /** The comments above and beside the key. */
  headerOf(entry: BlockEntry): readonly string[] {
    const { at } = this.extentOf(entry);
    return this.edit.commentsIn(at, endOfLine(this.text, entry.start));
  }

  /** The lines of an entry, with the comments right above it and those behind it that are indented deeper. */
  extentOf({ start, end, column }: BlockEntry): Extent {
    const { edit, text } = this;
    let at = start;
    while (at > 0) {
      const above = edit.lineStart(at - 1);
      if (text[above + column] !== "#" || text.slice(above, above + column).trim() !== "") break;
      at = above;
    }
    let last = end;
    for (let next = end + 1; next < text.length;) {
      const until = endOfLine(text, next);
      const line = text.slice(next, until);
      const isDeeper = /^ *#/.test(line) && line.indexOf("#") > column;
      if (!isDeeper && line.trim() !== "") break;
      if (isDeeper) last = until;
      next = until + 1;
    }
    return { at, end: last };
  }
}

/** Where the line of a position ends, before its line break. */
function endOfLine(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}
