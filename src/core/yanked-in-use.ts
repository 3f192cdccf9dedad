import { stateOf, type Catalog } from "./catalog.js";
import { isPromptSyncError } from "./errors.js";
import type { ResolveRequest } from "./resolve/resolution.js";
import { resolve } from "./resolve/resolve.js";
import { entryOf, type State, type Yanked } from "./state/state.js";
import { versionsServed, type NamedVersion } from "./state/versions-served.js";

/** An entry of the state that would serve a version which is passed over. */
export interface YankedInUse extends Pick<NamedVersion, "prompt" | "version" | "path"> {
  readonly yanked: Yanked;
  /** What the entry's callers get instead; null when nothing is left. */
  readonly instead: string | null;
}

/** The entries of a state that serve yanked versions; `state` may be a part of the catalog's. */
export function yankedInUse(catalog: Catalog, state: State = catalog.state): readonly YankedInUse[] {
  return [...versionsServed(state)].flatMap(({ prompt, version, path, isServed }) => {
    const yanked = entryOf(stateOf(catalog, prompt).yanked, version);
    if (!isServed || yanked === undefined || !catalog.prompts.has(prompt)) return [];
    return [{ prompt, version, path, yanked, instead: servedTo(catalog, requestThrough(prompt, path)) }];
  });
}

/** Who asks through an entry: `prompts.welcome.tenants.acme.aliases.production.serve`. */
function requestThrough(name: string, path: readonly string[]): ResolveRequest {
  const [, , section, first = "", , second = ""] = path;
  if (section === "aliases") return { name, alias: first, respectCanary: false };
  if (section === "tenants") return { name, tenant: first, alias: second, respectCanary: false };
  return { name, respectCanary: false };
}

function servedTo(catalog: Catalog, request: ResolveRequest): string | null {
  try {
    return resolve(catalog, request).version;
  } catch (error) {
    if (isPromptSyncError(error)) return null;
    throw error;
  }
}
