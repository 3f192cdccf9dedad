import type { Catalog } from "../core/catalog.js";
import type { Repository } from "./git/repository.js";
import { findPromptAt } from "./listing/find-prompt-at.js";
import { originOfCommit, type CommitToList } from "./listing/list.js";
import { createTrees } from "./listing/trees.js";
import { catalogOfPart, type PartWanted } from "./read-catalog-about.js";

/** Reads what a commit says of one prompt; undefined where only its whole catalog can answer. */
export type CatalogsAt = (commit: CommitToList, prompt: string) => Promise<Catalog | undefined>;

/**
 * Makes {@link CatalogsAt}: what `readCatalogAbout` does with the working tree, through the warm process. A folder that
 * many commits have is read once.
 */
export function createCatalogsAt(
  repository: Repository,
  { registry, sound }: Omit<PartWanted, "prompts">,
): CatalogsAt {
  const trees = createTrees(repository);
  return async (commit, prompt) => {
    const files = await findPromptAt(trees, `${commit.commit}:${registry}`, prompt);
    if (files === undefined) return undefined;
    const listing = { origin: await originOfCommit(repository, commit), registry, files };
    return catalogOfPart(repository, listing, { prompts: [prompt], sound });
  };
}
