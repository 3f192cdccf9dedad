import { isJsonObject, jsonEquals, type JsonObject, type JsonValue } from "../json.js";

/** One thing as it was, and as two sides have it now. */
export interface Sides<T> {
  readonly ancestor: T;
  readonly ours: T;
  readonly theirs: T;
}

/** An entry that both sides changed, each in its own way; undefined where a side took it away. */
export interface MergeConflict {
  readonly path: readonly string[];
  readonly ours: JsonValue | undefined;
  readonly theirs: JsonValue | undefined;
}

/** Two states made one. The two values differ at the conflicts only, where each holds its own side. */
export interface MergedState {
  readonly ours: JsonObject;
  readonly theirs: JsonObject;
  readonly conflicts: readonly MergeConflict[];
}

/** Maps by id: entries come and go on their own, so one that is missing is an empty one. */
const collections = patterns(
  "*",
  "prompts/*/*",
  "prompts/*/overrides/*",
  "prompts/*/tenants/*/aliases",
  "capabilities/*/links",
);

/** What is one decision: halves of two decisions would serve what nobody decided. */
const decisions = patterns(
  "prompts/*/aliases/*",
  "prompts/*/tenants/*/aliases/*",
  "prompts/*/rules/*",
  "prompts/*/overrides/*/*",
  "capabilities/*/links/*",
);

/** Lists whose items stand each for itself. */
const sets = patterns("waivers", "prompts/*/maintained");

/**
 * Merges two states on their values: what one side changed is taken, what both changed in the same way too. What an
 * alias serves is one entry with its canary. `above` is the path of the block that the values are.
 */
export function mergeStates(sides: Sides<JsonObject>, above: readonly string[] = []): MergedState {
  const conflicts: MergeConflict[] = [];
  const [ours, theirs] = mergeMaps(sides, above, conflicts);
  return { ours, theirs, conflicts };
}

type Merged<T> = readonly [ours: T, theirs: T];

function mergeMaps(
  { ancestor, ours, theirs }: Sides<JsonObject>,
  path: readonly string[],
  conflicts: MergeConflict[],
): Merged<JsonObject> {
  const merged: Merged<Record<string, JsonValue>> = [emptyMap(), emptyMap()];
  for (const key of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
    const sides = { ancestor: own(ancestor, key), ours: own(ours, key), theirs: own(theirs, key) };
    const values = mergeValues(sides, [...path, key], conflicts);
    for (const [side, value] of values.entries()) {
      const map = merged[side];
      if (map !== undefined && value !== undefined) map[key] = value;
    }
  }
  return merged;
}

function mergeValues(
  sides: Sides<JsonValue | undefined>,
  path: readonly string[],
  conflicts: MergeConflict[],
): Merged<JsonValue | undefined> {
  const { ancestor, ours, theirs } = sides;
  if (jsonEquals(ours, theirs) || jsonEquals(theirs, ancestor)) return [ours, ours];
  if (jsonEquals(ours, ancestor)) return [theirs, theirs];
  if (sets(path)) {
    const items = mergeSets(sides);
    if (items !== undefined) return [items, items];
  }
  if (!decisions(path) && isMergeable(ours, path) && isMergeable(theirs, path)) {
    const maps = { ancestor: mapOf(ancestor), ours: mapOf(ours), theirs: mapOf(theirs) };
    const [mine, other] = mergeMaps(maps, path, conflicts);
    return [filled(mine), filled(other)];
  }
  conflicts.push({ path, ours, theirs });
  return [ours, theirs];
}

/** The items of both lists without those that a side took away; undefined when both edited the same item. */
function mergeSets({ ancestor, ours, theirs }: Sides<JsonValue | undefined>): JsonValue | undefined {
  const [was, mine, other] = [ancestor, ours, theirs].map((it): readonly JsonValue[] =>
    Array.isArray(it) ? (it as readonly JsonValue[]) : [],
  ) as [readonly JsonValue[], readonly JsonValue[], readonly JsonValue[]];
  if ([ours, theirs].some((it) => it !== undefined && !Array.isArray(it))) return undefined;
  const has = (list: readonly JsonValue[], item: JsonValue): boolean =>
    list.some((it) => jsonEquals(it, item));
  const added = (list: readonly JsonValue[]): readonly JsonValue[] => list.filter((it) => !has(was, it));
  const isEditedTwice = was.some((it) => !has(mine, it) && !has(other, it));
  if (isEditedTwice && added(mine).length > 0 && added(other).length > 0) return undefined;
  const kept = mine.filter((it) => has(other, it) || !has(was, it));
  return [...kept, ...added(other).filter((it) => !has(mine, it))];
}

function isMergeable(value: JsonValue | undefined, path: readonly string[]): boolean {
  return isJsonObject(value) || (value === undefined && collections(path));
}

function mapOf(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : emptyMap();
}

/** A map that lost its last entry goes as well. */
function filled(map: JsonObject): JsonObject | undefined {
  return Object.keys(map).length > 0 ? map : undefined;
}

function own(map: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

function emptyMap(): Record<string, JsonValue> {
  return Object.create(null) as Record<string, JsonValue>;
}

/** Says whether a path is one of these; `*` stands for any step. */
function patterns(...shapes: readonly string[]): (path: readonly string[]) => boolean {
  const steps = shapes.map((shape) => shape.split("/"));
  return (path) =>
    steps.some(
      (shape) =>
        shape.length === path.length && shape.every((step, index) => step === "*" || step === path[index]),
    );
}
