import type { Catalog } from "../../core/catalog.js";
import { PromptSyncError } from "../../core/errors.js";
import { parseReference } from "../../core/reference.js";
import type { Workspace } from "../../store/workspace.js";

/** The stored text of a version. */
export interface VersionText {
  /** Relative to the repository root. */
  readonly path: string;
  readonly text: string;
}

/** Where versions are looked for. */
interface Places {
  readonly catalogs: readonly Catalog[];
  readonly added?: ReadonlyMap<string, VersionText>;
}

/**
 * The text of `name@version`: of a version that is about to be written, else of the first catalog that has it.
 * @throws PromptSyncError `VERSION_NOT_FOUND`
 */
export async function findVersionFile(
  workspace: Workspace,
  { catalogs, added }: Places,
  reference: string,
): Promise<VersionText> {
  const fresh = added?.get(reference);
  if (fresh !== undefined) return fresh;
  const { name, selector } = parseReference(reference);
  const number = selector.kind === "version" ? selector.version : "";
  for (const { prompts } of catalogs) {
    const version = prompts.get(name)?.versions.find((it) => it.version === number);
    if (version === undefined) continue;
    const [read] = await workspace.readVersions([{ ...version, name }]);
    if (read !== undefined && read.text !== "") return { path: version.path, text: read.text };
  }
  throw new PromptSyncError("VERSION_NOT_FOUND", `\`${reference}\` has no file that can be judged`, {
    hint: `\`promptsync validate\` says what is wrong with \`${name}\``,
  });
}
