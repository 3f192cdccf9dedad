import { pinnedVersion, type Catalog } from "../core/catalog.js";
import type { Prompt } from "../core/prompt.js";
import { readLibrary, type Library } from "../render/library.js";
import type { Workspace } from "../store/workspace.js";

/**
 * Reads everything that the prompts include by exact version, each from the first catalog that has it. When they
 * include nothing, no catalog is asked for and no process started.
 */
export function readIncludes(
  workspace: Workspace,
  catalogsOf: () => Promise<readonly Catalog[]>,
  prompts: readonly Pick<Prompt, "body" | "frontMatter">[],
): Promise<Library> {
  return readLibrary(prompts, async (ids) => {
    const catalogs = await catalogsOf();
    const found = ids.flatMap((id) => {
      const catalog = catalogs.find((it) => pinnedVersion(it, id) !== undefined);
      return (catalog && pinnedVersion(catalog, id)) ?? [];
    });
    const read = await workspace.readVersions(found);
    return new Map(read.map((version) => [`${version.name}@${version.version}`, version]));
  });
}
