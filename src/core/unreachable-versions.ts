import { stateOf, type Catalog } from "./catalog.js";
import { entryOf } from "./state/state.js";
import { versionsServed } from "./state/versions-served.js";
import { compareVersions } from "./version.js";

/** The versions of a prompt that are newer than anything that is served of it. */
export interface UnreachableVersions {
  readonly prompt: string;
  /** Ascending, at least one; neither deprecated nor yanked. */
  readonly versions: readonly string[];
  /** The newest version that is served. */
  readonly served: string;
}

/** What was pushed and forgotten: newer than every version that something serves. Prompts that serve nothing are left out. */
export function unreachableVersions(catalog: Catalog): readonly UnreachableVersions[] {
  const newest = new Map<string, string>();
  for (const { prompt, version, isServed } of versionsServed(catalog.state)) {
    const known = newest.get(prompt);
    if (entryOf(stateOf(catalog, prompt).yanked, version) !== undefined) continue;
    if (isServed && (known === undefined || compareVersions(version, known) > 0)) newest.set(prompt, version);
  }
  return [...catalog.prompts.values()].flatMap(({ name: prompt, versions: all }) => {
    const served = newest.get(prompt);
    if (served === undefined) return [];
    const { deprecations, yanked } = stateOf(catalog, prompt);
    const versions = all
      .map(({ version }) => version)
      .filter((it) => compareVersions(it, served) > 0)
      .filter((it) => entryOf(deprecations, it) === undefined && entryOf(yanked, it) === undefined);
    return versions.length === 0 ? [] : [{ prompt, versions, served }];
  });
}
