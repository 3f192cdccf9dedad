import { pinnedVersion, type Catalog } from "../core/catalog.js";
import type { Prompt } from "../core/prompt.js";
import { readLibrary, type Library } from "../render/library.js";
import type { Workspace } from "../store/workspace.js";

/** Reads everything that the prompts include by exact version. No process when they include nothing. */
export function readIncludes(
  workspace: Workspace,
  catalog: Catalog,
  prompts: readonly Pick<Prompt, "body" | "frontMatter">[],
): Promise<Library> {
  return readLibrary(prompts, async (ids) => {
    const read = await workspace.readVersions(ids.flatMap((id) => pinnedVersion(catalog, id) ?? []));
    return new Map(read.map((version) => [`${version.name}@${version.version}`, version]));
  });
}
