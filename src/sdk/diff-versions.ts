import { comparePrompts } from "../compare/index.js";
import { diffTexts } from "../diff/diff-texts.js";
import type { VersionDiff } from "../diff/model.js";
import type { LoadedVersion } from "./snapshot/loaded-version.js";

/**
 * What differs between two versions of a prompt, as `promptsync diff --json` says it.
 * @throws PromptSyncError `FILE_UNREADABLE`, `PROMPT_INVALID`, `TEMPLATE_INCLUDE`
 */
export function diffVersions(from: LoadedVersion, to: LoadedVersion): VersionDiff {
  const load = (id: string): string | null => to.library?.load(id) ?? from.library?.load(id) ?? null;
  const { changes, requiredBump } = comparePrompts(from.usable, to.usable, { template: { load } });
  const hunks = diffTexts(from.text, to.text, { context: 3 });
  return { name: to.at.name, from: from.at.version, to: to.at.version, requiredBump, changes, hunks };
}
