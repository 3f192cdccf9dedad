import type { VersionFile, World } from "./rule.js";

const known = new WeakMap<World, ReadonlyMap<string, VersionFile>>();

/** A version that was read; undefined for one that was not, which is no proof that there is none. */
export function findVersion(world: World, name: string, version: string): VersionFile | undefined {
  const before = known.get(world);
  if (before !== undefined) return before.get(`${name}@${version}`);
  const past = world.base?.changes.flatMap((change) => change.before ?? []) ?? [];
  const all = [
    ...past,
    ...(world.base?.predecessors.values() ?? []),
    ...(world.related ?? []),
    ...world.versions,
  ];
  const files = new Map(all.map((file) => [`${file.name}@${file.version}`, file]));
  known.set(world, files);
  return files.get(`${name}@${version}`);
}
