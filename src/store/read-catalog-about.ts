import { existsSync } from "node:fs";
import { join } from "node:path";
import { catalogOf, type Catalog } from "../core/catalog.js";
import { stateFileName } from "../core/layout.js";
import { readState } from "../core/state/read-state.js";
import { readStateAbout } from "../core/state/state-about.js";
import type { Repository } from "./git/repository.js";
import { openKnownTexts } from "./known-texts.js";
import { findPrompt } from "./listing/find-prompt.js";
import { originOfHead } from "./listing/list.js";
import { refuseLinks } from "./listing/walk.js";
import { readStateFiles } from "./read-catalog.js";

/** Code units of state files that are read as a whole: to remember them would cost as much. */
const small = 16_384;

/**
 * The catalog of the working tree with one prompt alone: its folder, and what the state says of it and of all. A
 * mistake in the block of another prompt is an error all the same: a large state is read as a whole until it was found
 * to have none, and from then on in part. Undefined where only the whole catalog can answer: the prompt is not found,
 * the state is broken or not in the canonical layout, in a bare repository and in a sparse checkout. No git process.
 * @throws PromptSyncError `PATH_UNSAFE`, `FILE_UNREADABLE`
 */
export async function readCatalogAbout(
  repository: Repository,
  { registry, prompt, tool }: { readonly registry: string; readonly prompt: string; readonly tool: string },
): Promise<Catalog | undefined> {
  if (repository.top === null || existsSync(repository.sparseFile)) return undefined;
  refuseLinks(repository.top, registry);
  const files = findPrompt(join(repository.top, registry), prompt);
  if (files === undefined) return undefined;
  const listing = { origin: originOfHead(repository, "worktree", "working tree"), registry, files };
  const stateFiles = await readStateFiles(repository, listing);
  const home = `${registry}/${stateFileName}`;
  const texts = stateFiles.map(({ text }) => text);
  const isSmall = texts.reduce((sum, { length }) => sum + length, 0) <= small;
  const known = openKnownTexts(repository.gitDirectory, "sound-states", tool);
  const part = !isSmall && known.has(texts) ? readStateAbout(prompt, stateFiles, home) : undefined;
  if (part !== undefined) return catalogOf(listing, part);
  const whole = readState(stateFiles, home);
  if (whole.problems.length > 0) return undefined;
  if (!isSmall) known.add(texts);
  return catalogOf(listing, whole);
}
