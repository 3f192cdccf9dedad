import type { Catalog } from "../../core/catalog.js";
import type { Repository } from "../git/repository.js";
import { readBaseCatalog } from "./read-base-catalog.js";
import { readBaseChanges, type BaseChange } from "./read-changes.js";
import { readDifferences, type Differences } from "./read-differences.js";
import { readTexts, type PictureRequest, type ReadPicture } from "./read-texts.js";
import { replay } from "./replay.js";

/**
 * Reads what differs between the base and the tree of a catalog: only files that differ, and their predecessors, are
 * parsed, and nothing is listed again. Two git processes; one more each when the base has moved on, when HEAD is the
 * base, and when a merged version was touched.
 */
export async function readPicture(
  repository: Repository,
  head: Catalog,
  request: PictureRequest,
): Promise<ReadPicture> {
  const { base, side } = request;
  const differences =
    base.sha === null
      ? await sinceNothing(repository, head, request)
      : await readDifferences(repository, { base: { ...base, sha: base.sha }, side, folder: head.registry });
  const { changes, moved } = differences;
  const catalog = await readBaseCatalog(repository, head, { commit: base.sha, label: base.ref, changes });
  const later = moved.map(({ path, after }) => ({ path, blob: after }));
  const tip = base.tip === base.sha ? catalog : replay(catalog, later);
  return readTexts(repository, { head, catalog, tip }, { ...request, differences });
}

/** What differs when nothing is merged yet: everything is new. */
async function sinceNothing(
  repository: Repository,
  head: Catalog,
  { base, side }: PictureRequest,
): Promise<Differences> {
  const folder = head.registry;
  const uncommitted =
    base.head === undefined ? [] : await readBaseChanges(repository, { base: base.head, folder, side });
  return { changes: everything(head), uncommitted, moved: [] };
}

/** On a history without a base every version is new. */
function everything(head: Catalog): BaseChange[] {
  return [...head.prompts.values()].flatMap(({ versions }) =>
    versions.map(({ path, blob }): BaseChange => ({ status: "added", path, before: null, after: blob })),
  );
}
