import type { Catalog, CatalogPrompt, CatalogVersion } from "../../core/catalog.js";
import { placeFile } from "../../core/layout.js";
import { compareVersions } from "../../core/version.js";

/** A file that is different elsewhere: its blob there, null when there is none. */
export interface Difference {
  /** Relative to the repository root. */
  readonly path: string;
  readonly blob: string | null;
}

/**
 * The catalog with some of its version files different: how another tree looks whose differences are known, at the
 * cost of the differences. The state stays what it was.
 */
export function replay(catalog: Catalog, differences: readonly Difference[]): Catalog {
  const prompts = new Map(catalog.prompts);
  for (const { path, blob } of differences) {
    const place = placeFile({ path: path.slice(catalog.registry.length + 1), mode: "file" });
    if (place.kind !== "version") continue;
    const { name, group, version } = place;
    const prompt: CatalogPrompt = prompts.get(name) ?? { name, group, versions: [] };
    const others = prompt.versions.filter((it) => it.path !== path);
    const versions = blob === null ? others : inserted(others, { version, path, blob });
    if (versions.length > 0) prompts.set(name, { ...prompt, versions });
    else prompts.delete(name);
  }
  return { ...catalog, prompts };
}

function inserted(versions: readonly CatalogVersion[], one: CatalogVersion): readonly CatalogVersion[] {
  const at = versions.findIndex(({ version }) => compareVersions(version, one.version) > 0);
  return at < 0 ? [...versions, one] : [...versions.slice(0, at), one, ...versions.slice(at)];
}
