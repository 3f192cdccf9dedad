import { assertStateReadable, type Catalog } from "../../core/catalog.js";
import { stateFileName } from "../../core/layout.js";
import { sourceInvalid } from "./source-errors.js";

/**
 * Throws when a catalog is not one to serve from. A single version that is wrong is no reason: whoever asks for it
 * learns so. State that cannot be read is one, and so is state that would have to be read through a link: without it,
 * aliases would seem to be gone.
 * @throws PromptSyncError `SOURCE_INVALID`, `STATE_INVALID`
 */
export function assertRegistry(catalog: Catalog, hasState: boolean, label: string): void {
  const state = catalog.problems.find(({ file }) => file.endsWith(`/${stateFileName}`));
  if (state !== undefined) throw sourceInvalid(label, `cannot be served from: ${state.message}`, state);
  if (!hasState && catalog.prompts.size === 0)
    throw sourceInvalid(label, `holds no \`${stateFileName}\` and no version`);
  assertStateReadable(catalog);
}
