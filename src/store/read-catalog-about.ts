import { existsSync } from "node:fs";
import { join } from "node:path";
import { catalogOf, type Catalog } from "../core/catalog.js";
import { stateFileName } from "../core/layout.js";
import type { Listing } from "../core/listing.js";
import { nameProblem } from "../core/name.js";
import { readState } from "../core/state/read-state.js";
import { createPartReader } from "../core/state/part-of-state.js";
import type { Repository } from "./git/repository.js";
import { findPrompts } from "./listing/find-prompts.js";
import { originOfHead } from "./listing/list.js";
import { refuseLinks } from "./listing/walk.js";
import { readStateFiles } from "./read-catalog.js";
import type { SoundStates } from "./sound-states.js";

/** Which part of a registry is wanted. */
export interface PartWanted {
  /** The registry folder, relative to the repository root. */
  readonly registry: string;
  readonly prompts: readonly string[];
  readonly sound: SoundStates;
}

/**
 * The catalog of the working tree with some prompts alone: their folders, and what the state says of them and of all. A
 * mistake in the registry's own state file is an error all the same, also in the block of another prompt: a large file
 * is read as a whole until it was found to have none, and from then on in part. The file of its own that another prompt
 * may have is not opened: a mistake there is an error in the whole catalog alone. Undefined where only the whole catalog
 * can answer: a prompt is not found, the state is broken or not in the canonical layout, in a bare repository and in a
 * sparse checkout. No git process.
 * @throws PromptSyncError `PATH_UNSAFE`, `FILE_UNREADABLE`
 */
export async function readCatalogAbout(
  repository: Repository,
  { registry, prompts, sound }: PartWanted,
): Promise<Catalog | undefined> {
  if (repository.top === null || existsSync(repository.sparseFile)) return undefined;
  if (prompts.some((name) => nameProblem("prompt", name) !== undefined)) return undefined;
  refuseLinks(repository.top, registry);
  const files = findPrompts(join(repository.top, registry), prompts);
  if (files === undefined) return undefined;
  const listing = { origin: originOfHead(repository, "worktree", "working tree"), registry, files };
  return catalogOfPart(repository, listing, { prompts, sound });
}

/** The catalog of a listing that holds some prompts alone; undefined where its state has to be seen as a whole. */
export async function catalogOfPart(
  repository: Repository,
  listing: Listing,
  { prompts, sound }: Omit<PartWanted, "registry">,
): Promise<Catalog | undefined> {
  const stateFiles = await readStateFiles(repository, listing);
  const home = `${listing.registry}/${stateFileName}`;
  const text = stateFiles.find(({ prompt }) => prompt === undefined)?.text ?? "";
  const part = sound.has(text) ? createPartReader()({ files: stateFiles, home, names: prompts }) : undefined;
  if (part !== undefined) return catalogOf(listing, part);
  const whole = readState(stateFiles, home);
  if (whole.problems.length > 0) return undefined;
  sound.add(text);
  return catalogOf(listing, whole);
}
