import type { JsonObject, JsonValue } from "../json.js";
import { jsonEquals } from "../json.js";
import { blockEntries, pathId, type BlockEntry } from "../yaml/block-entries.js";
import { TextEdit } from "../yaml/text-edit.js";
import { carryComments } from "./carry-comments.js";
import { editState, readStateMap } from "./edit-state.js";
import { mergeStates, type MergeConflict, type MergedState, type Sides } from "./merge-states.js";
import { printEntry } from "./print-entry.js";

/** Two state files made one. */
export interface MergedText {
  /** Ours with what theirs changed; with git's conflict markers around each entry that a person has to decide. */
  readonly text: string;
  readonly conflicts: readonly MergeConflict[];
}

/**
 * Merges the texts of a state file on what they say. The lines and comments of ours stay, and new comments of theirs
 * come along where their entry is. `above` is the path of the block that the texts hold.
 * @throws PromptSyncError `STATE_INVALID` when a text is none that can be merged
 */
export function mergeStateTexts(texts: Sides<string>, above: readonly string[] = []): MergedText {
  if (texts.ours === texts.theirs) return { text: texts.ours, conflicts: [] };
  const read = (text: string): JsonObject => readStateMap(text, above);
  const [ancestor, ours, theirs] = [read(texts.ancestor), read(texts.ours), read(texts.theirs)];
  const merged = mergeStates({ ancestor, ours, theirs }, above);
  const below = merged.conflicts.map(({ path }) => path.slice(above.length));
  const spots = outermost(below.map((path) => lift(path, (it) => hasBoth(merged, it.slice(0, -1)))));
  // Entries that ours does not have are written as theirs has them, to be put between markers where they belong.
  const lacking = spots.filter((path) => valueAt(merged.ours, path) === undefined);
  const full = lacking.reduce(
    (value, path) => withValue(value, path, valueAt(merged.theirs, path)),
    merged.ours,
  );
  const edited = rewrite(texts.ours, ours, full, above);
  const text = carryComments(edited, { ...texts, except: spots });
  if (spots.length === 0) return { text, conflicts: [] };
  return { text: mark(text, texts.theirs, { merged, spots, above }), conflicts: merged.conflicts };
}

interface Marking {
  readonly merged: MergedState;
  readonly spots: readonly (readonly string[])[];
  readonly above: readonly string[];
}

/** Puts markers around the entries in conflict, ours above theirs. */
function mark(text: string, theirText: string, { merged, spots, above }: Marking): string {
  const edit = new TextEdit(text);
  const [entries, others] = [blockEntries(text), blockEntries(theirText)];
  const theirs = readStateMap(theirText, above);
  const places = outermost(spots.map((path) => lift(path, (it) => entries.has(pathId(it)))));
  for (const path of places) {
    const entry = entries.get(pathId(path));
    if (entry === undefined) continue; // unreachable: a text of block style has a line for each top key
    const value = valueAt(merged.theirs, path);
    const isOurs = valueAt(merged.ours, path) !== undefined;
    const asWritten = jsonEquals(value, valueAt(theirs, path)) ? others.get(pathId(path)) : undefined;
    const lines = isOurs ? linesOf([...above, ...path], value, entry, theirText, asWritten) : [];
    edit.insertBefore(entry.start, ["<<<<<<< ours", ...(isOurs ? [] : ["======="])]);
    edit.insertAfter(entry.end, [...(isOurs ? ["=======", ...lines] : []), ">>>>>>> theirs"]);
  }
  return edit.result();
}

/** The lines of their side: as they wrote them where these fit, else printed; none when they took the entry away. */
function linesOf(
  path: readonly string[],
  value: JsonValue | undefined,
  { column }: BlockEntry,
  theirText: string,
  asWritten: BlockEntry | undefined,
): readonly string[] {
  if (value === undefined) return [];
  if (asWritten?.column === column) return theirText.slice(asWritten.start, asWritten.end).split("\n");
  return printEntry(path, value).map((line) => (line === "" ? "" : " ".repeat(column) + line));
}

function rewrite(text: string, before: JsonObject, after: JsonObject, above: readonly string[]): string {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changed = keys.filter((key) => !jsonEquals(before[key], after[key]));
  return editState(
    text,
    changed.map((key) => ({
      path: [...above, key],
      ...(after[key] === undefined ? {} : { value: after[key] }),
    })),
    above,
  );
}

/** The nearest entry on the way up of which something holds; the topmost one when there is none. */
function lift(path: readonly string[], holds: (path: readonly string[]) => boolean): readonly string[] {
  for (let length = path.length; length > 1; length--)
    if (holds(path.slice(0, length))) return path.slice(0, length);
  return path.slice(0, 1);
}

function hasBoth({ ours, theirs }: MergedState, path: readonly string[]): boolean {
  return valueAt(ours, path) !== undefined && valueAt(theirs, path) !== undefined;
}

/** Each path once, and none below another. */
function outermost(paths: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const ids = new Set(paths.map(pathId));
  const unique = [...new Map(paths.map((path) => [pathId(path), path])).values()];
  return unique.filter((path) => !path.some((_, end) => end > 0 && ids.has(pathId(path.slice(0, end)))));
}

function valueAt(value: JsonValue, path: readonly string[]): JsonValue | undefined {
  let at: JsonValue | undefined = value;
  for (const step of path) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, step)) return undefined;
    at = (at as JsonObject)[step];
  }
  return at;
}

function withValue(
  map: JsonObject,
  [key = "", ...rest]: readonly string[],
  value: JsonValue | undefined,
): JsonObject {
  const child = rest.length === 0 ? value : withValue((map[key] ?? {}) as JsonObject, rest, value);
  const copy = Object.assign(Object.create(null) as Record<string, JsonValue>, map);
  if (child !== undefined) copy[key] = child;
  return copy;
}
