import { predecessorOf } from "../core/catalog.js";
import type { VersionChange, World } from "../rules/rule.js";
import type { ReadVersion, VersionToRead } from "../store/read-catalog.js";
import type { Workspace } from "../store/workspace.js";
import { comparison } from "./comparison.js";
import { readIncluded } from "./read-included.js";
import type { SoundVersions } from "./sound-versions.js";

/** How many versions are held at a time, at least: so few are let go while they are young. A prompt is not cut in two. */
const partSize = 100;

/** A world with the versions of some prompts after others, read as it is asked; without those that are known. */
export async function* everyPart(
  workspace: Workspace,
  world: World,
  sound: SoundVersions | undefined,
): AsyncIterable<World> {
  const changes = new Map<string, VersionChange[]>();
  for (const change of world.base?.changes ?? []) {
    const own = changes.get(change.name);
    if (own === undefined) changes.set(change.name, [change]);
    else own.push(change);
  }
  let group: VersionToRead[] = [];
  const prompts = [...world.catalog.prompts.values()].filter((it) => sound?.isKnown(it) !== true);
  let left = prompts.length;
  for (const prompt of prompts) {
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
export async function withIncluded(
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
  const reading = { ...template, load: (id: string) => bodies.get(id) ?? null };
  return {
    ...world,
    related: [...related, ...included],
    template: reading,
    ...(base === undefined ? {} : { base: { ...base, compare: comparison(workspace.config, reading) } }),
  };
}
