import { entryOf, type ById, type When } from "../state/state.js";
import type { ResolveRequest } from "./resolution.js";

/** Says whether all conditions hold for a request; no conditions always hold. */
export function holds(when: When | undefined, request: ResolveRequest): boolean {
  if (when === undefined) return true;
  const flags = Object.entries(when.flags ?? {});
  if (!flags.every(([flag, value]) => entryOf(request.flags, flag) === value)) return false;
  if (when.tenants !== undefined && !when.tenants.some((tenant) => tenant === request.tenant)) return false;
  const hasTag = ([tag, values]: [string, string | readonly string[]]): boolean =>
    [values].flat().some((value) => entryOf(request.tags, tag) === value);
  if (!entriesOf(when.tags_all).every(hasTag)) return false;
  return when.tags_any === undefined || entriesOf(when.tags_any).some(hasTag);
}

/** Says whether conditions ask for a flag, whatever its value. */
export function needsFlag(when: When | undefined, flag: string): boolean {
  return entryOf(when?.flags, flag) !== undefined;
}

function entriesOf<T>(map: ById<T> | undefined): [string, T][] {
  return Object.entries(map ?? {});
}
