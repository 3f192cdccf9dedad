import { stateOf, type Catalog } from "../core/catalog.js";
import { isPromptSyncError, type PromptSyncError } from "../core/errors.js";
import { jsonEquals, type JsonValue } from "../core/json.js";
import { entryOf } from "../core/state/state.js";
import { aliasMoves } from "../rules/registry/alias-moves.js";
import type { BasePicture, DraftToJudge, World } from "../rules/rule.js";
import { readWaivers } from "../rules/waivers.js";
import type { Base } from "../store/base/find-base.js";
import type { VersionToRead } from "../store/read-catalog.js";
import type { DraftFile } from "../store/read-drafts.js";
import type { Workspace } from "../store/workspace.js";
import { readEvidence } from "./read-evidence.js";
import { readIncluded } from "./read-included.js";
import { templateOptions } from "./template-options.js";

/** What is to be judged. */
export interface WorldRequest {
  /** Named, only what differs from it is read. */
  readonly base?: string;
  readonly staged?: boolean;
  readonly today: string;
  readonly ruleIds: readonly string[];
  readonly compare: (load: (name: string) => string | null) => BasePicture["compare"];
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
  const { staged = false, today, ruleIds } = request;
  const catalog = staged ? await workspace.catalogOfIndex() : await workspace.catalog();
  const found = await findBase(workspace, request.base);
  const base = "missing" in found ? undefined : found.base;
  const picture = base === undefined ? undefined : await workspace.picture(catalog, base);
  const isPartial = request.base !== undefined && picture !== undefined;
  const versions = isPartial
    ? picture.changes.flatMap(({ after }) => (after === undefined ? [] : [after]))
    : await workspace.readVersions(everyVersion(catalog));
  const related = isPartial ? await workspace.readVersions(namedVersions(catalog, picture.catalog)) : [];
  const before = [...(picture?.predecessors.values() ?? [])];
  const included = await readIncluded(workspace, catalog, [...versions, ...related, ...before]);
  const bodies = new Map(
    [...related, ...included, ...versions].map((it) => [`${it.name}@${it.version}`, it.prompt?.body]),
  );
  const load = (id: string): string | null => bodies.get(id) ?? null;
  const world: World = {
    catalog,
    versions,
    related: [...related, ...included],
    today,
    isPartial,
    template: { ...templateOptions(workspace.config.engine), load },
    limits: limitsOf(workspace),
    drafts: staged || isPartial ? [] : draftsOf(workspace),
    waivers: readWaivers(catalog, { ruleIds, today }),
    ...(picture === undefined
      ? {}
      : {
          base: {
            ...picture,
            compare: request.compare(load),
            isDiff: staged || request.base !== undefined || base?.head === undefined,
          },
        }),
  };
  return {
    world: await withEvidence(workspace, world, base),
    ...(base === undefined ? {} : { base }),
    ...("missing" in found ? found : {}),
  };
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

function everyVersion({ prompts }: Catalog): VersionToRead[] {
  return [...prompts.values()].flatMap(({ name, versions }) => versions.map((it) => ({ ...it, name })));
}

/** The versions that are served of prompts whose block in the state changed: they are judged side by side. */
function namedVersions(catalog: Catalog, base: Catalog): VersionToRead[] {
  if (catalog.state === base.state) return [];
  return [...catalog.prompts.values()].flatMap(({ name, versions }) => {
    const block = stateOf(catalog, name);
    if (jsonEquals(block as JsonValue, stateOf(base, name) as JsonValue)) return [];
    const arms = [block.aliases ?? {}, ...Object.values(block.tenants ?? {}).map((it) => it.aliases ?? {})];
    const named = [
      ...arms.flatMap((aliases) => Object.values(aliases)).flatMap((arm) => [arm.serve, arm.canary?.serve]),
      ...Object.values(block.rules ?? {}).map(({ serve }) => serve),
    ];
    return versions.filter(({ version }) => named.includes(version)).map((it) => ({ ...it, name }));
  });
}

/** The history is read only when an alias with gates has moved. */
async function withEvidence(workspace: Workspace, world: World, base: Base | undefined): Promise<World> {
  const settings = world.catalog.state.aliases;
  const isGated = aliasMoves(world).some(({ alias }) => entryOf(settings, alias)?.gates !== undefined);
  if (world.base === undefined || base === undefined || !isGated) return world;
  return { ...world, base: { ...world.base, hasEvidence: await readEvidence(workspace, base.sha) } };
}

function limitsOf({ config }: Workspace): NonNullable<World["limits"]> {
  const { operations, output, depth, milliseconds, includes } = config.engine;
  const limits = { operations, output, depth, milliseconds, includes };
  const given = Object.entries(limits).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(given), now: () => performance.now() };
}

/** The drafts as rules judge them; what cannot be read is a problem of its file. */
function draftsOf(workspace: Workspace): DraftToJudge[] {
  try {
    return workspace.drafts().map(draftOf);
  } catch (error) {
    if (!isPromptSyncError(error)) throw error;
    const file = error.file ?? workspace.config.drafts;
    return [{ name: "", file, hasOwnColumns: false, ...unreadable(error) }];
  }
}

function draftOf({ name, file, format, read }: DraftFile): DraftToJudge {
  const place = { name, file, hasOwnColumns: format !== "yaml" };
  try {
    return { ...place, ...read() };
  } catch (error) {
    if (!isPromptSyncError(error)) throw error;
    return { ...place, ...unreadable(error) };
  }
}

function unreadable({ message, hint = "mend the file", line = 1, column = 1 }: PromptSyncError) {
  const problem = { rule: "layout-encoding-invalid", message, hint, line, column };
  return { draft: undefined, problems: [problem], bodyLine: 1 };
}
