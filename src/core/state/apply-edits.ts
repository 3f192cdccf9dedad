import { isJsonObject, type JsonObject, type JsonValue } from "../json.js";
import type { StateEdit } from "../plan.js";

/** A map without a prototype that may be changed while it is being made. */
interface Draft {
  [key: string]: JsonValue;
}

/**
 * The edits on plain data, in order; `skip` is how many steps of each path lie above the value. Maps on the way are
 * made, and dropped when an edit leaves them empty.
 */
export function applyEdits(value: JsonObject, edits: readonly StateEdit[], skip = 0): JsonObject {
  const root = copyOf(value);
  for (const edit of edits) {
    const path = edit.path.slice(skip);
    if (edit.value === undefined) remove(root, path);
    else set(root, path, edit.value);
  }
  return root;
}

function set(root: Draft, path: readonly string[], value: JsonValue): void {
  let map = root;
  for (const key of path.slice(0, -1)) {
    const child = map[key];
    const next = isJsonObject(child) ? (child as Draft) : copyOf({});
    map[key] = next;
    map = next;
  }
  const key = path.at(-1);
  if (key !== undefined) map[key] = isJsonObject(value) ? copyOf(value) : value;
}

function remove(map: Draft, [key, ...rest]: readonly string[]): void {
  if (key === undefined) return;
  const child = map[key];
  if (rest.length > 0) {
    if (!isJsonObject(child)) return;
    remove(child as Draft, rest);
    if (Object.keys(child).length > 0) return;
  }
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- the map was made here and has no prototype
  delete map[key];
}

function copyOf(value: JsonObject): Draft {
  const copy = Object.create(null) as Draft;
  for (const [key, item] of Object.entries(value)) copy[key] = isJsonObject(item) ? copyOf(item) : item;
  return copy;
}
