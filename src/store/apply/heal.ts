import { isPromptSyncError } from "../../core/errors.js";
import type { Repository } from "../git/repository.js";
import { unwritable } from "./durable.js";
import { holderOf, Patience, placesOf, removeTemporaries, type Places } from "./locks.js";
import { isGone, thisRun, type Owner } from "./owner.js";
import { recover } from "./recover.js";

/**
 * Puts in order what a killed run left half done, before anything is read: it would look like the user's own edits,
 * or like a change that is made already. Does nothing, and starts no process, when there is no such run.
 * @throws PromptSyncError `LOCKED`, `FILE_UNWRITABLE`
 */
export async function heal(repository: Repository, run: Healer = healer(repository)): Promise<void> {
  const { places } = run;
  try {
    for (let dead = holderOf(places.lock); dead && isGone(dead); dead = holderOf(places.lock)) {
      await recover(repository, { ...run, dead });
      removeTemporaries(places, run.owner);
    }
  } catch (error) {
    throw isPromptSyncError(error) ? error : unwritable(error);
  }
}

/** The run that does the work. */
interface Healer {
  readonly places: Places;
  readonly owner: Owner;
  readonly patience: Patience;
}

const healer = (repository: Repository): Healer => ({
  places: placesOf(repository),
  owner: thisRun(),
  patience: new Patience(10_000),
});
