import { stateOf, type Catalog } from "../core/catalog.js";
import { isPromptSyncError, type PromptSyncError } from "../core/errors.js";
import { jsonEquals, type JsonValue } from "../core/json.js";
import { promptsInSight } from "../rules/in-sight.js";
import { gatedMoves } from "../rules/registry/gated-moves.js";
import type { World } from "../rules/rule.js";
import type { Base } from "../store/base/find-base.js";
import type { VersionToRead } from "../store/read-catalog.js";
import type { Workspace } from "../store/workspace.js";
import { judgingSettings, type JudgingSettings } from "./judging-settings.js";
import { readEvidence } from "./read-evidence.js";
import type { WorldRequest } from "./read-world.js";

/** The base, and what a tree is judged by that is compared with it. */
export interface FoundBase {
  readonly base: Base;
  readonly settings: JudgingSettings;
}

/** Finds the base, or why there is none. */
export async function findBase(
  workspace: Workspace,
  { base: asked, staged = false }: WorldRequest,
): Promise<FoundBase | { missing: PromptSyncError }> {
  try {
    const base = await workspace.base(asked, { isNextCommit: staged });
    const isDiff = asked !== undefined || base.head === undefined;
    return { base, settings: isDiff ? await judgingSettings(workspace, base) : { config: workspace.config } };
  } catch (error) {
    if (isPromptSyncError(error) && error.code === "BASE_NOT_FOUND") return { missing: error };
    throw error;
  }
}

/**
 * The versions that are served of prompts that serve more than one: they are judged side by side. With a base, only
 * those of prompts whose block in the state changed: versions never do.
 */
export function namedVersions(world: World, base: Catalog | undefined): VersionToRead[] {
  const { catalog } = world;
  if (catalog.state === base?.state) return [];
  return [...promptsInSight(world).values()].flatMap(({ name, versions }) => {
    const block = stateOf(catalog, name);
    if (base !== undefined && jsonEquals(block as JsonValue, stateOf(base, name) as JsonValue)) return [];
    const arms = [block.aliases ?? {}, ...Object.values(block.tenants ?? {}).map((it) => it.aliases ?? {})];
    const named = new Set([
      ...arms.flatMap((aliases) => Object.values(aliases)).flatMap((arm) => [arm.serve, arm.canary?.serve]),
      ...Object.values(block.rules ?? {}).map(({ serve }) => serve),
    ]);
    const found = versions.filter(({ version }) => named.has(version));
    return found.length < 2 ? [] : found.map((it) => ({ ...it, name }));
  });
}

/** The history is read only when an alias with gates has moved. */
export async function withEvidence(
  workspace: Workspace,
  world: World,
  base: Base | undefined,
  isNextCommit: boolean,
): Promise<World> {
  if (world.base === undefined || base === undefined || gatedMoves(world).length === 0) return world;
  return {
    ...world,
    base: { ...world.base, hasEvidence: await readEvidence(workspace, base.sha, isNextCommit) },
  };
}
