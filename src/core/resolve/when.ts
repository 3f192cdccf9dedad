import { entryOf, type When } from "../state/state.js";
import type { ResolveRequest } from "./resolution.js";

/** Says whether all conditions hold for a request; no conditions always hold. */
export function holds(when: When | undefined, request: ResolveRequest): boolean {
  if (when === undefined) return true;
  for (const flag of Object.keys(when.flags ?? nothing))
    if (entryOf(request.flags, flag) !== when.flags?.[flag]) return false;
  if (when.tenants !== undefined && !when.tenants.some((tenant) => tenant === request.tenant)) return false;
  const hasTag = ([tag, values]: [string, string | readonly string[]]): boolean =>
    [values].flat().some((value) => entryOf(request.tags, tag) === value);
  if (when.tags_all !== undefined && !Object.entries(when.tags_all).every(hasTag)) return false;
  return when.tags_any === undefined || Object.entries(when.tags_any).some(hasTag);
}

const nothing = {};

/** Says whether conditions ask for a flag, whatever its value. */
export function needsFlag(when: When | undefined, flag: string): boolean {
  return entryOf(when?.flags, flag) !== undefined;
}
