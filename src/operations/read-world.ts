import type { Catalog } from "../core/catalog.js";
import type { PromptSyncError } from "../core/errors.js";
import { jsonEquals, type JsonValue } from "../core/json.js";
import { entryOf } from "../core/state/state.js";
import type { World } from "../rules/rule.js";
import { readWaivers } from "../rules/waivers.js";
import type { Base } from "../store/base/find-base.js";
import type { Side } from "../store/base/read-changes.js";
import type { ReadPicture } from "../store/base/read-texts.js";
import type { Workspace } from "../store/workspace.js";
import type { JudgingSettings } from "./judging-settings.js";
import { comparison } from "./comparison.js";
import { draftsToJudge } from "./drafts-to-judge.js";
import { readPartWorld } from "./read-part-world.js";
import { renderLimits, templateOptions } from "./template-options.js";
import { soundVersions, type SoundVersions } from "./sound-versions.js";
import { findBase, namedVersions, withEvidence } from "./world-base.js";
import { everyPart, withIncluded } from "./world-parts.js";

/** What is to be judged. */
export interface WorldRequest {
  /** Named, only what differs from it is read. */
  readonly base?: string;
  /** The index instead of the working tree; only what differs from the base is read. */
  readonly staged?: boolean;
  /** HEAD instead of the working tree. */
  readonly committed?: boolean;
  readonly today: string;
  readonly ruleIds: readonly string[];
  /** Whether somebody looks at every prompt anyway. */
  readonly isWhole?: boolean;
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
  /** How many versions are judged, now or before. */
  readonly size: number;
  /** What the tree is judged by. */
  readonly settings: JudgingSettings;
  /** What was judged before, and how to say what is judged now. */
  readonly sound?: SoundVersions;
  readonly base?: Base;
  /** Why there is nothing to compare with. */
  readonly missing?: PromptSyncError;
  /**
   * Reads more when the rules have asked for what is not there: what they found is then to be found again. Undefined
   * when they have seen all they asked for.
   */
  readonly widen?: () => Promise<ReadWorld> | undefined;
}

/** Reads the state of the tree, and the base when there is one; of a change, no more than it is about. */
export async function readWorld(workspace: Workspace, request: WorldRequest): Promise<ReadWorld> {
  const { staged = false, isWhole = false } = request;
  const found = findBase(workspace, request);
  const whole = () => readWholeWorld(workspace, request, found);
  if (isWhole || (request.base === undefined && !staged)) return whole();
  const base = await found;
  const part = "base" in base ? await readPartWorld(workspace, request, { ...base, whole }) : undefined;
  return part ?? whole();
}

async function readWholeWorld(
  opened: Workspace,
  request: WorldRequest,
  search: ReturnType<typeof findBase>,
): Promise<ReadWorld> {
  const { staged = false } = request;
  const [catalog, found] = await Promise.all([catalogOf(opened, request), search]);
  const base = "missing" in found ? undefined : found.base;
  const settings = "missing" in found ? { config: opened.config } : found.settings;
  const workspace = { ...opened, config: settings.config };
  // What a commit does not change was checked when it was made; where history begins, nothing was.
  const isPartial = base !== undefined && (request.base !== undefined || (staged && base.sha !== null));
  const picture =
    base === undefined ? undefined : await workspace.picture(catalog, base, { isAllRead: !isPartial });
  const changed = isPartial && picture !== undefined ? changedPrompts(catalog, picture) : undefined;
  const world = worldWith(workspace, request, {
    catalog,
    ...(base && { base }),
    ...(picture && { picture }),
    ...(changed && { changed }),
  });
  const named = namedVersions(world, isPartial ? picture?.catalog : undefined);
  const related = await withIncluded(workspace, world, await workspace.readVersions(named));
  const versions = isPartial ? (picture?.changes ?? []).flatMap(({ after }) => after ?? []) : [];
  const size = isPartial ? versions.length : countOf(catalog);
  const sound =
    base && picture && !isPartial
      ? await soundVersions(workspace, world, { base, picture, size })
      : undefined;
  return {
    world: await withEvidence(workspace, related, base, staged),
    parts: () => (isPartial ? onePart(workspace, world, versions) : everyPart(workspace, world, sound)),
    size,
    settings,
    ...(sound && { sound }),
    ...(base === undefined ? {} : { base }),
    ...("missing" in found ? found : {}),
  };
}

/** A world without versions; `changed` is left out where everything is judged. */
export function worldWith(
  workspace: Workspace,
  { base: asked, staged = false, committed = false, today, ruleIds }: WorldRequest,
  {
    catalog,
    base,
    picture,
    changed,
  }: {
    readonly catalog: Catalog;
    readonly base?: Base;
    readonly picture?: ReadPicture;
    readonly changed?: ReadonlySet<string>;
  },
): World {
  const { config } = workspace;
  const isDiff = staged || asked !== undefined || base?.head === undefined;
  const template = templateOptions(config.engine);
  return {
    catalog,
    versions: [],
    today,
    ...(changed && picture ? { changed, changedFiles: picture.files } : {}),
    template,
    periods: config.periods,
    limits: renderLimits(config.engine),
    drafts: staged || committed || changed !== undefined ? [] : draftsToJudge(workspace),
    waivers: readWaivers(catalog, { ruleIds, today, horizon: config.periods.waiver }),
    ...(picture === undefined ? {} : { base: { ...picture, compare: comparison(config, template), isDiff } }),
  };
}

/** Which tree is judged. */
export function sideOf({ repository }: Workspace, { staged = false, committed = false }: WorldRequest): Side {
  if (staged) return "index";
  return committed || repository.top === null ? "commit" : "worktree";
}

function catalogOf(workspace: Workspace, request: WorldRequest): Promise<Catalog> {
  const side = sideOf(workspace, request);
  if (side === "index") return workspace.catalogOfIndex();
  const isCommit = side === "commit" && workspace.repository.head.commit !== null;
  return isCommit ? workspace.catalogAt("HEAD") : workspace.catalog();
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
  versions: Awaited<ReturnType<Workspace["readVersions"]>>,
): AsyncIterable<World> {
  yield await withIncluded(workspace, { ...world, versions }, []);
}

function countOf({ prompts }: Catalog): number {
  let count = 0;
  for (const { versions } of prompts.values()) count += versions.length;
  return count;
}
