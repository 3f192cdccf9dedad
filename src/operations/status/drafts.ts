import { newestVersion, type Catalog } from "../../core/catalog.js";
import { isPromptSyncError } from "../../core/errors.js";
import { pinDraft } from "../../plans/pin-draft.js";
import { hasSameContent } from "../../plans/same-content.js";
import type { Workspace } from "../../store/workspace.js";

/** A draft that a push would turn into a version, or would refuse. */
export interface OpenDraft {
  readonly name: string;
  readonly file: string;
  readonly state: "new" | "changed" | "broken";
}

/** Reads the drafts and the newest versions of their prompts; the drafts that say something else. */
export async function openDrafts(workspace: Workspace, catalog: Catalog): Promise<readonly OpenDraft[]> {
  const drafts = workspace.drafts();
  const wanted = drafts.flatMap(({ name }) => {
    const prompt = catalog.prompts.get(name);
    const newest = prompt === undefined ? undefined : newestVersion(prompt);
    return newest === undefined ? [] : [{ ...newest, name }];
  });
  const newest = new Map((await workspace.readVersions(wanted)).map((read) => [read.name, read.prompt]));
  return drafts.flatMap(({ name, file, read }): readonly OpenDraft[] => {
    const draft = tryToRead(read)?.draft;
    if (draft === undefined) return [{ name, file, state: "broken" }];
    const prompt = newest.get(name);
    const pinned = tryToRead(() => pinDraft(catalog, name, draft)) ?? draft;
    if (prompt !== undefined && hasSameContent(prompt, pinned)) return [];
    return [{ name, file, state: catalog.prompts.has(name) ? "changed" : "new" }];
  });
}

function tryToRead<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isPromptSyncError(error)) return undefined; // shown as broken; push says why
    throw error;
  }
}
