import type { Bundle, BundledVersion, OtherVersions } from "../../core/bundle/bundle.js";
import { digestOf } from "../../core/prompt-file/digest-of.js";
import type { Steps } from "../../core/steps.js";
import type { Snapshot } from "./snapshot.js";

/** A snapshot as a bundle of the texts that it holds, in many small steps; undefined when it is of no commit. */
export function* bundleOfSnapshot({ catalog, picture, find }: Snapshot): Steps<Bundle | undefined> {
  const { origin, registry, stateText } = picture.catalog;
  const { commit, date } = origin;
  if (commit === null || date === null || picture.tree === null) return undefined;
  const versions: BundledVersion[] = [];
  const others: OtherVersions[] = [];
  for (const { name, group, versions: all } of catalog.prompts.values()) {
    yield;
    const left: string[] = [];
    for (const { version } of all) {
      const loaded = find(`${name}@${version}`);
      if (loaded?.isWhole !== true) left.push(version);
      else versions.push({ name, group, version, digest: loaded.digest, text: loaded.text });
    }
    if (left.length > 0) others.push({ name, group, versions: left });
  }
  const state = stateText.files
    .map(({ path, text }) => ({ path: path.slice(registry.length + 1), digest: digestOf(text), text }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  return { catalog: { commit, date, tree: picture.tree, registry }, state, versions, others };
}
