import { entryOf } from "../../core/state/state.js";
import { isJsonObject, type JsonValue } from "../../core/json.js";
import { joinPointer } from "../../core/picoschema.js";
import type { State } from "../../core/state/state.js";
import type { World } from "../rule.js";

/** Where an entry of the state stands; its pointer tells `judge` and waivers which entry is meant. */
export function entryAt({ catalog }: World, path: readonly string[], part?: "key" | "value") {
  return { ...catalog.stateText.locate(path, part), data: { pointer: pointerTo(path) } };
}

/** A path as a JSON pointer: `/flags/new-tone`. */
export function pointerTo(path: readonly string[]): string {
  return path.reduce((pointer, step) => joinPointer(pointer, step), "");
}

/** The value of a state at a JSON pointer. */
export function valueAt(state: State, pointer: string): JsonValue | undefined {
  const steps = pointer.split("/").slice(1);
  return steps.reduce<JsonValue | undefined>(
    (at, step) => {
      const key = step.replaceAll("~1", "/").replaceAll("~0", "~");
      if (Array.isArray(at)) return (at as readonly JsonValue[])[Number(key)];
      return isJsonObject(at) ? entryOf(at, key) : undefined;
    },
    state as unknown as JsonValue,
  );
}
