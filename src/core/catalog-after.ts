import { catalogSteps, type Catalog } from "./catalog.js";
import { stateFileName } from "./layout.js";
import type { Listing } from "./listing.js";
import type { StateFile } from "./state/read-state.js";
import { readStateAfter } from "./state/read-state-after.js";
import type { Steps } from "./steps.js";

/**
 * Builds the catalog from a listing and the texts of its state files in many small steps. What the state says as in the
 * catalog before is the same object again.
 */
export function* catalogAfter(
  before: Catalog | undefined,
  listing: Listing,
  stateFiles: readonly StateFile[],
): Steps<Catalog> {
  const { registry } = listing;
  const known = before?.registry === registry ? before.stateText : undefined;
  return yield* catalogSteps(
    listing,
    yield* readStateAfter(stateFiles, `${registry}/${stateFileName}`, known),
  );
}
