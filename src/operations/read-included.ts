import { pinnedVersion, type Catalog } from "../core/catalog.js";
import type { ReadVersion } from "../store/read-catalog.js";
import type { Workspace } from "../store/workspace.js";

const including = /\{%[-+]?\s*(?:include|import|from|extends)\b/;

/** Says whether a text may include others; one that does not names none. */
export function mayInclude(text: string): boolean {
  return including.test(text);
}

/** Reading a version that only looks included does no harm; a template that does not parse still names its includes. */
const pinned = /["']([a-z0-9][a-z0-9._-]*)@(\d+\.\d+\.\d+[^"'\s]*)["']/g;

/**
 * Reads the versions that some versions include, and those that these include, as far as they are not read yet. Unlike
 * `readIncludes` it takes templates as they come: what is wrong with them is for the rules to say.
 */
export async function readIncluded(
  workspace: Workspace,
  catalog: Catalog,
  versions: readonly ReadVersion[],
): Promise<readonly ReadVersion[]> {
  const read = new Map(versions.map((it) => [`${it.name}@${it.version}`, it]));
  const included: ReadVersion[] = [];
  let level = versions;
  while (level.length > 0) {
    const ids = new Set(level.flatMap(({ text }) => (mayInclude(text) ? namesIn(text) : [])));
    const wanted = [...ids].filter((id) => !read.has(id)).flatMap((id) => pinnedVersion(catalog, id) ?? []);
    level = await workspace.readVersions(wanted);
    for (const it of level) read.set(`${it.name}@${it.version}`, it);
    included.push(...level);
  }
  return included;
}

function namesIn(text: string): string[] {
  return [...text.matchAll(pinned)].map(([, name = "", version = ""]) => `${name}@${version}`);
}
