import type { Change } from "../core/bump.js";
import type { JsonObject, JsonValue } from "../core/json.js";

/** A change as the `data` of a finding has it; `from`, `to` and the witness are left out where the change has none. */
export function changeData({ kind, at, bump, message, from, to, witness }: Change): JsonObject {
  const known = Object.entries({ from, to, witness }).filter(([, value]) => value !== undefined);
  const values = Object.fromEntries(known) as Record<string, JsonValue>;
  return { kind, pointer: at, ...values, requires: bump, message };
}
