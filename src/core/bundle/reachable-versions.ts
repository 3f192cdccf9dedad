import { pinnedVersion, type Catalog, type CatalogVersion } from "../catalog.js";
import { versionsServed } from "../state/versions-served.js";

/**
 * The versions that a caller may get without naming a number: what the state serves, now or by a canary that is
 * paused, and what it recommends. What these include stands in their texts and is not part of it.
 */
export function reachableVersions(catalog: Catalog): readonly (CatalogVersion & { readonly name: string })[] {
  const ids = new Set<string>();
  for (const { prompt, version, isServed, path } of versionsServed(catalog.state))
    if (isServed || path.at(-1) === "recommended") ids.add(`${prompt}@${version}`);
  return [...ids].flatMap((id) => pinnedVersion(catalog, id) ?? []);
}
