import {
  isMap,
  isPair,
  isScalar,
  Pair,
  parseDocument,
  Scalar,
  visit,
  YAMLMap,
  type Document,
  type Node,
} from "yaml";
import { PromptSyncError } from "../errors.js";
import { isJsonObject, jsonEquals, type JsonObject, type JsonValue } from "../json.js";
import type { StateEdit } from "../plan.js";
import { isVersion } from "../version.js";
import { readYaml } from "../yaml/read-yaml.js";
import { compareKeys, inOrder } from "./order.js";
import { stateLimits } from "./read-state.js";

/** The text of a state file that says nothing yet. */
export const emptyStateText = "schema: promptsync/v1\n";

/**
 * Makes the edits in the text of a state file. Comments and the author's order stay; new entries go where the
 * canonical form has them: ids sorted, settings in the schema's order, versions quoted. `above` is the path of the
 * block that the text holds: `["prompts", name]` for a prompt's own file.
 * @throws PromptSyncError `STATE_INVALID` when the text is none that can be edited
 */
export function editState(text: string, edits: readonly StateEdit[], above: readonly string[] = []): string {
  const before = readYaml(text, stateLimits);
  const problem = before.problems[0];
  if (problem !== undefined) {
    const { line, column, hint } = problem;
    throw new PromptSyncError("STATE_INVALID", problem.message, {
      file: "promptsync.yaml",
      line,
      column,
      hint,
    });
  }
  const document = parseDocument(text, { uniqueKeys: false, version: "1.2", schema: "core" });
  if (!isMap(document.contents)) document.contents = new YAMLMap() as never;
  let expected: JsonValue = before.value ?? {};
  for (const edit of edits) {
    const path = edit.path.slice(above.length);
    if (edit.value === undefined) remove(document.contents as YAMLMap, path);
    else set(document, path, edit.value, above);
    expected = applied(expected, path, edit.value) ?? {};
  }
  const after = document.toString({ lineWidth: 0 });
  if (!jsonEquals(readYaml(after, stateLimits).value, expected)) {
    throw new PromptSyncError("INTERNAL", "the edited promptsync.yaml does not read back as meant");
  }
  return after;
}

function set(document: Document, path: readonly string[], value: JsonValue, above: readonly string[]): void {
  let map = document.contents as unknown as YAMLMap;
  for (const [index, key] of path.slice(0, -1).entries()) {
    const child: unknown = map.get(key, true);
    const next = isMap(child) ? (child as YAMLMap) : new YAMLMap();
    if (next !== child) put(map, key, next, [...above, ...path.slice(0, index)]);
    map = next;
    if (map.items.length === 0) map.flow = false; // `{}` grows into block style
  }
  const node = document.createNode(inOrder(value, [...above, ...path]));
  quoteVersions(node);
  put(map, path.at(-1) ?? "", node, [...above, ...path.slice(0, -1)]);
}

/** Replaces the value of a key, or adds the pair where the canonical order has it. */
function put(map: YAMLMap, key: string, value: Node, path: readonly string[]): void {
  const existing = map.items.find((pair) => keyOf(pair) === key);
  if (existing !== undefined) {
    if (isScalar(existing.value) && isScalar(value)) value.comment = existing.value.comment ?? null;
    existing.value = value;
    return;
  }
  const scalar = new Scalar(key);
  if (isVersion(key)) scalar.type = Scalar.QUOTE_DOUBLE;
  const at = map.items.findIndex((pair) => compareKeys(key, keyOf(pair), path) < 0);
  map.items.splice(at < 0 ? map.items.length : at, 0, new Pair(scalar, value));
}

function remove(map: YAMLMap, path: readonly string[]): void {
  const [key = "", ...rest] = path;
  const child = map.get(key, true);
  if (rest.length > 0) {
    if (!isMap(child)) return;
    remove(child, rest);
    if (child.items.length > 0) return;
  }
  map.delete(map.items.find((pair) => keyOf(pair) === key)?.key ?? key);
}

/** The same edit on plain data: what the edited text has to read back as. */
function applied(
  value: JsonValue,
  path: readonly string[],
  entry: JsonValue | undefined,
): JsonValue | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return entry;
  const before: JsonObject = isJsonObject(value) ? value : {};
  const child = Object.hasOwn(before, key) ? before[key] : undefined;
  if (child === undefined && entry === undefined) return before;
  const after = applied(child ?? {}, rest, entry);
  const { [key]: _, ...others } = before;
  const isGone =
    after === undefined || (entry === undefined && isJsonObject(after) && Object.keys(after).length === 0);
  return isGone ? others : { ...others, [key]: after };
}

function quoteVersions(node: Node): void {
  visit(node, (_, item) => {
    for (const scalar of isPair(item) ? [item.key, item.value] : [item]) {
      if (isScalar(scalar) && typeof scalar.value === "string" && isVersion(scalar.value)) {
        scalar.type = Scalar.QUOTE_DOUBLE;
      }
    }
  });
}

function keyOf(pair: Pair): string {
  return String(isScalar(pair.key) ? pair.key.value : pair.key);
}
