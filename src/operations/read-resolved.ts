import { findPrompt, type Catalog } from "../core/catalog.js";
import { PromptSyncError } from "../core/errors.js";
import type { Prompt } from "../core/prompt.js";
import type { ReadVersion } from "../store/read-catalog.js";
import type { Workspace } from "../store/workspace.js";

/**
 * Reads the version that a resolution chose.
 * @throws PromptSyncError `PROMPT_INVALID`: a broken file is an error, never a silent template
 */
export async function readResolved(
  workspace: Workspace,
  catalog: Catalog,
  { name, version }: { readonly name: string; readonly version: string },
): Promise<ReadVersion & { readonly prompt: Prompt }> {
  const found = findPrompt(catalog, name).versions.find((it) => it.version === version);
  if (found === undefined) throw new TypeError(`${name}@${version} was resolved and is not in the catalog`);
  const [read] = await workspace.readVersions([{ ...found, name }]);
  if (read?.prompt !== undefined) return { ...read, prompt: read.prompt };
  const [problem] = read?.problems ?? [];
  throw new PromptSyncError("PROMPT_INVALID", problem?.message ?? "the version cannot be read", {
    ...problem,
    file: found.path,
  });
}
