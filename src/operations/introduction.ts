import type { CatalogVersion } from "../core/catalog.js";
import type { Introduction } from "../store/workspace/past.js";
import type { Workspace } from "../store/workspace.js";
import { catalogThere } from "./prompt-steps.js";

/**
 * The commit that brought a version, through the groups that its prompt was in; null while it is not committed. `from`
 * is the full id of the commit to begin at, HEAD for null.
 */
export async function introductionOf(
  workspace: Workspace,
  name: string,
  { version, path, from }: Pick<CatalogVersion, "version" | "path"> & { readonly from: string | null },
): Promise<Introduction | null> {
  const found = await workspace.introducedBy(path, from);
  if (found === null || found.isEdge) return found;
  const { after, parents } = broughtBy(found, path);
  for (let parent = 1; parent <= parents; parent++) {
    const catalog = await catalogThere(workspace, `${found.commit}^${parent}`, name);
    const before = catalog?.prompts.get(name)?.versions.find((it) => it.version === version);
    if (before === undefined || before.path === path || before.blob !== after) continue;
    const next = { version, path: before.path, from: catalog?.origin.commit ?? null };
    return introductionOf(workspace, name, next);
  }
  return found;
}

/** What a commit made of a file, and how many parents may have had it elsewhere. */
function broughtBy(
  { files, merged }: Introduction,
  path: string,
): { readonly after: string | null | undefined; readonly parents: number } {
  const file = merged.find((it) => it.path === path);
  if (file !== undefined) return { after: file.after, parents: file.before.length };
  return { after: files.find((it) => it.path === path)?.after, parents: 1 };
}
