import type { Comparison } from "../../core/bump.js";
import type { Prompt } from "../../core/prompt.js";
import { isRegrouped } from "../immutable/moved.js";
import type { VersionFile, World } from "../rule.js";

/** A version that the base does not have, beside the one it follows. */
export interface AddedVersion {
  readonly file: VersionFile;
  readonly before: Prompt;
  readonly after: Prompt;
  readonly comparison: Comparison;
}

const known = new WeakMap<World, readonly AddedVersion[]>();

/** The versions that were added and follow another one; both can be read. Compared once for all rules. */
export function addedVersions(world: World): readonly AddedVersion[] {
  const added = known.get(world) ?? [...compareAdded(world)];
  known.set(world, added);
  return added;
}

function* compareAdded({ base }: World): Iterable<AddedVersion> {
  for (const change of base?.changes ?? []) {
    const { status, path, after: file } = change;
    if (base !== undefined && isRegrouped(change, base)) continue;
    const before = base?.predecessors.get(path)?.prompt;
    if (base === undefined || status !== "added" || file?.prompt === undefined || before === undefined)
      continue;
    yield { file, before, after: file.prompt, comparison: base.compare(before, file.prompt) };
  }
}

/** The place of a version's number, and whose it is. */
export function numberOf({ path, name, version, locate }: VersionFile) {
  return { file: path, prompt: name, version, ...locate(["version"]) };
}
