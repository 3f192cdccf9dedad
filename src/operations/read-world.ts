import { predecessorOf, stateOf, type Catalog } from "../core/catalog.js";
import { isPromptSyncError, type PromptSyncError } from "../core/errors.js";
import { jsonEquals, type JsonValue } from "../core/json.js";
import { entryOf } from "../core/state/state.js";
import { gatedMoves } from "../rules/registry/gated-moves.js";
import type { DraftToJudge, VersionChange, World } from "../rules/rule.js";
import { readWaivers } from "../rules/waivers.js";
import type { Base } from "../store/base/find-base.js";
import type { ReadPicture } from "../store/base/read-picture.js";
import type { ReadVersion, VersionToRead } from "../store/read-catalog.js";
import type { DraftFile } from "../store/read-drafts.js";
import type { Workspace } from "../store/workspace.js";
import { judgingSettings, type JudgingSettings } from "./judging-settings.js";
import { comparison } from "./comparison.js";
import { readEvidence } from "./read-evidence.js";
import { readIncluded } from "./read-included.js";
import { renderLimits, templateOptions } from "./template-options.js";

/** What is to be judged. */
export interface WorldRequest {
  /** Named, only what differs from it is read. */
  readonly base?: string;
  /** The index instead of the working tree; only what differs from the base is read. */
  readonly staged?: boolean;
  readonly today: string;
  readonly ruleIds: readonly string[];
}

/** What the rules look at, and why some of them cannot. */
export interface ReadWorld {
  /** The registry as a whole: no versions but those that differ from the base, and those that `related` holds. */
  readonly world: World;
  /**
   * The same with the versions of some prompts after others, so that memory stays bounded: who has judged one may let
   * it go. Reads as it is asked.
   */
  readonly parts: () => AsyncIterable<World>;
  /** How many versions the parts hold. */
  readonly size: number;
  /** What the tree is judged by. */
  readonly settings: JudgingSettings;
  readonly base?: Base;
  /** Why there is nothing to compare with. */
  readonly missing?: PromptSyncError;
}

/** Reads the state of the tree, and the base when there is one. */
export async function readWorld(opened: Workspace, request: WorldRequest): Promise<ReadWorld> {
  const { staged = false, today, ruleIds } = request;
  const [catalog, found] = await Promise.all([
    staged ? opened.catalogOfIndex() : opened.catalog(),
    findBase(opened, request),
  ]);
  const base = "missing" in found ? undefined : found.base;
  const settings = "missing" in found ? { config: opened.config } : found.settings;
  const workspace: Workspace = { ...opened, config: settings.config };
  const { periods } = workspace.config;
  // What a commit does not change was checked when it was made; where history begins, nothing was.
  const isPartial = base !== undefined && (request.base !== undefined || (staged && base.sha !== null));
  const picture =
    base === undefined ? undefined : await workspace.picture(catalog, base, { isAllRead: !isPartial });
  const isDiff = staged || request.base !== undefined || base?.head === undefined;
  const world: World = {
    catalog,
    versions: [],
    today,
    ...(isPartial && picture !== undefined ? { changed: changedPrompts(catalog, picture) } : {}),
    template: templateOptions(workspace.config.engine),
    periods,
    limits: renderLimits(workspace.config.engine),
    drafts: staged || isPartial ? [] : draftsOf(workspace),
    waivers: readWaivers(catalog, { ruleIds, today, horizon: periods.waiver }),
    ...(picture === undefined
      ? {}
      : { base: { ...picture, compare: comparison(workspace.config, () => null), isDiff } }),
  };
  const named = namedVersions(catalog, isPartial ? picture?.catalog : undefined);
  const whole = await withIncluded(workspace, world, await workspace.readVersions(named));
  const changed = isPartial ? (picture?.changes ?? []).flatMap(({ after }) => after ?? []) : [];
  return {
    world: await withEvidence(workspace, whole, base),
    parts: () => (isPartial ? onePart(workspace, world, changed) : everyPart(workspace, world)),
    size: isPartial ? changed.length : countOf(catalog),
    settings,
    ...(base === undefined ? {} : { base }),
    ...("missing" in found ? found : {}),
  };
}

/** The prompts of which a version or what the state says differs; all when what is said of all of them differs. */
function changedPrompts(head: Catalog, { catalog, changes }: ReadPicture): ReadonlySet<string> {
  const names = new Set(changes.map(({ name }) => name));
  const [was, is] = [catalog.state, head.state];
  if (was === is) return names;
  const isSame = (one: unknown, other: unknown): boolean =>
    jsonEquals((one ?? null) as JsonValue, (other ?? null) as JsonValue);
  const isAll = (["project", "owners", "aliases"] as const).some((key) => !isSame(was[key], is[key]));
  for (const name of new Set([...head.prompts.keys(), ...Object.keys({ ...was.prompts, ...is.prompts })]))
    if (isAll || !isSame(entryOf(was.prompts, name), entryOf(is.prompts, name))) names.add(name);
  return names;
}

async function* onePart(
  workspace: Workspace,
  world: World,
  versions: readonly ReadVersion[],
): AsyncIterable<World> {
  yield await withIncluded(workspace, { ...world, versions }, []);
}

/** How many versions are held at a time, at least: a prompt is not cut in two. */
const partSize = 1000;

async function* everyPart(workspace: Workspace, world: World): AsyncIterable<World> {
  const changes = new Map<string, VersionChange[]>();
  for (const change of world.base?.changes ?? []) {
    const own = changes.get(change.name);
    if (own === undefined) changes.set(change.name, [change]);
    else own.push(change);
  }
  let group: VersionToRead[] = [];
  const { prompts } = world.catalog;
  let left = prompts.size;
  for (const prompt of prompts.values()) {
    group.push(...prompt.versions.map((it) => ({ ...it, name: prompt.name })));
    left--;
    if (group.length < partSize && left > 0) continue;
    const versions = await workspace.readVersions(group);
    yield await withIncluded(workspace, limitedTo(versions, world, changes), []);
    group = [];
  }
}

/** The world of some prompts: their versions, and what of the base is theirs. */
function limitedTo(
  versions: readonly ReadVersion[],
  world: World,
  changes: ReadonlyMap<string, readonly VersionChange[]>,
): World {
  const { base, catalog } = world;
  if (base === undefined) return { ...world, versions };
  const files = new Map(versions.map((it) => [it.path, it]));
  const names = new Set(versions.map(({ name }) => name));
  const own = [...names].flatMap((name) => changes.get(name) ?? []);
  const predecessors = new Map(base.predecessors);
  for (const { status, name, version, path, after } of own) {
    if (status !== "added" || after !== undefined) continue;
    const before = files.get(predecessorOf(catalog.prompts.get(name)?.versions ?? [], version)?.path ?? "");
    if (before !== undefined) predecessors.set(path, before);
  }
  const read = own.map((change): VersionChange => {
    const after = change.after ?? (change.status === "deleted" ? undefined : files.get(change.path));
    return after === undefined ? change : { ...change, after };
  });
  return { ...world, versions, base: { ...base, changes: read, predecessors } };
}

/** Reads what the versions of a world include; `related` are versions that something else names. */
async function withIncluded(
  workspace: Workspace,
  world: World,
  related: readonly ReadVersion[],
): Promise<World> {
  const { base, template, versions } = world;
  const own = new Set(base?.changes.map(({ path }) => path));
  const before = [...(base?.predecessors ?? [])].flatMap(([path, it]) => (own.has(path) ? [it] : []));
  const included = await readIncluded(workspace, world.catalog, [...versions, ...related, ...before]);
  const bodies = new Map(
    [...related, ...included, ...versions].map((it) => [`${it.name}@${it.version}`, it.prompt?.body]),
  );
  const load = (id: string): string | null => bodies.get(id) ?? null;
  return {
    ...world,
    related: [...related, ...included],
    template: { ...template, load },
    ...(base === undefined ? {} : { base: { ...base, compare: comparison(workspace.config, load) } }),
  };
}

async function findBase(
  workspace: Workspace,
  { base: asked, staged = false }: WorldRequest,
): Promise<{ base: Base; settings: JudgingSettings } | { missing: PromptSyncError }> {
  try {
    const base = await workspace.base(asked, { isNextCommit: staged });
    const isDiff = asked !== undefined || base.head === undefined;
    return { base, settings: isDiff ? await judgingSettings(workspace, base) : { config: workspace.config } };
  } catch (error) {
    if (isPromptSyncError(error) && error.code === "BASE_NOT_FOUND") return { missing: error };
    throw error;
  }
}

function countOf({ prompts }: Catalog): number {
  let count = 0;
  for (const { versions } of prompts.values()) count += versions.length;
  return count;
}

/**
 * The versions that are served of prompts that serve more than one: they are judged side by side. With a base, only
 * those of prompts whose block in the state changed: versions never do.
 */
function namedVersions(catalog: Catalog, base: Catalog | undefined): VersionToRead[] {
  if (catalog.state === base?.state) return [];
  return [...catalog.prompts.values()].flatMap(({ name, versions }) => {
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
async function withEvidence(workspace: Workspace, world: World, base: Base | undefined): Promise<World> {
  if (world.base === undefined || base === undefined || gatedMoves(world).length === 0) return world;
  return { ...world, base: { ...world.base, hasEvidence: await readEvidence(workspace, base.sha) } };
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
