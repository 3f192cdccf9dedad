import { PromptSyncError } from "../core/errors.js";
import type { DraftFile } from "../store/read-drafts.js";

/**
 * The drafts by their prompt's name; nobody guesses which of two is meant. Names that are not `wanted` may be there
 * twice; an empty list wants all.
 * @throws PromptSyncError `PROMPT_INVALID`
 */
export function draftsByName(
  drafts: readonly DraftFile[],
  wanted: readonly string[] = [],
): ReadonlyMap<string, DraftFile> {
  const byName = new Map<string, DraftFile>();
  for (const draft of drafts) {
    const { name, file } = draft;
    const other = byName.get(name);
    if (other !== undefined && (wanted.length === 0 || wanted.includes(name))) {
      throw new PromptSyncError(
        "PROMPT_INVALID",
        `\`${other.file}\` and \`${file}\` are both drafts of \`${name}\``,
        { hint: "rename or remove one; names are unique whatever the folder", file },
      );
    }
    byName.set(name, draft);
  }
  return byName;
}
