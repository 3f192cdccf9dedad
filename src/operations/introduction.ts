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
  const brought = found?.files.find((file) => file.path === path)?.after;
  if (found === null || found.isEdge || brought === undefined) return found;
  const parent = await catalogThere(workspace, `${found.commit}~1`, name);
  const before = parent?.prompts.get(name)?.versions.find((it) => it.version === version);
  if (parent === undefined || before === undefined) return found;
  if (before.path === path || before.blob !== brought) return found;
  return introductionOf(workspace, name, { version, path: before.path, from: parent.origin.commit });
}
