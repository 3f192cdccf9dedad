import type { Repository } from "../git/repository.js";
import type { Base } from "./find-base.js";
import { readBaseChanges, readCommitChanges, type BaseChange, type Side } from "./read-changes.js";

/** The files of a registry that differ between a tree, its base and the base's newest commit. */
export interface Differences {
  /** Between the base and the tree. */
  readonly changes: readonly BaseChange[];
  /** Between HEAD and the tree, when HEAD is on the base itself. */
  readonly uncommitted: readonly BaseChange[];
  /** Between the base and its newest commit. */
  readonly moved: readonly BaseChange[];
}

/** Reads {@link Differences} from a base that is a commit. */
export async function readDifferences(
  repository: Repository,
  {
    base,
    side,
    folder,
  }: { base: Base & { readonly sha: string }; readonly side: Side; readonly folder: string },
): Promise<Differences> {
  const [changes, uncommitted, moved] = await Promise.all([
    readBaseChanges(repository, { base: base.sha, folder, side }),
    base.head === undefined ? [] : readBaseChanges(repository, { base: base.head, folder, side }),
    base.tip === null || base.tip === base.sha
      ? []
      : readCommitChanges(repository, { from: base.sha, to: base.tip, folder }),
  ]);
  return { changes, uncommitted, moved };
}
