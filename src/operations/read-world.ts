import { isPromptSyncError, type PromptSyncError } from "../core/errors.js";
import type { BasePicture, World } from "../rules/rule.js";
import type { Base } from "../store/base/find-base.js";
import type { Workspace } from "../store/workspace.js";

/** What is to be judged. */
export interface WorldRequest {
  /** Named, only what differs from it is read. */
  readonly base?: string;
  readonly staged?: boolean;
  readonly today: string;
  readonly compare: BasePicture["compare"];
}

/** What the rules look at, and why some of them cannot. */
export interface ReadWorld {
  readonly world: World;
  readonly base?: Base;
  /** Why there is nothing to compare with. */
  readonly missing?: PromptSyncError;
}

/** Reads the tree, and the base when there is one. */
export async function readWorld(workspace: Workspace, request: WorldRequest): Promise<ReadWorld> {
  const catalog = request.staged === true ? await workspace.catalogOfIndex() : await workspace.catalog();
  const found = await findBase(workspace, request.base);
  const base = "missing" in found ? undefined : found.base;
  const picture = base === undefined ? undefined : await workspace.picture(catalog, base);
  const isPartial = request.base !== undefined && picture !== undefined;
  const versions = isPartial
    ? picture.changes.flatMap(({ after }) => (after === undefined ? [] : [after]))
    : await workspace.readVersions(
        [...catalog.prompts.values()].flatMap(({ name, versions: all }) =>
          all.map((it) => ({ ...it, name })),
        ),
      );
  const world: World = {
    catalog,
    versions,
    today: request.today,
    ...(picture === undefined ? {} : { base: { ...picture, compare: request.compare } }),
  };
  return { world, ...(base === undefined ? {} : { base }), ...("missing" in found ? found : {}) };
}

async function findBase(
  workspace: Workspace,
  asked: string | undefined,
): Promise<{ base: Base } | { missing: PromptSyncError }> {
  try {
    return { base: await workspace.base(asked) };
  } catch (error) {
    if (isPromptSyncError(error) && error.code === "BASE_NOT_FOUND") return { missing: error };
    throw error;
  }
}
