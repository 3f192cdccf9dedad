import { PromptSyncError } from "../errors.js";
import type { Draft, DraftText } from "./read-draft.js";

/**
 * The draft, when its text is one.
 * @throws PromptSyncError `PROMPT_INVALID` with the first problem's place; `data.problems` has all
 */
export function usableDraft({ draft, problems }: DraftText, file: string): Draft {
  if (draft !== undefined) return draft;
  const [problem, ...others] = problems;
  const more =
    others.length === 0
      ? ""
      : ` (and ${others.length} more: ${others.map(({ message }) => message).join("; ")})`;
  throw new PromptSyncError("PROMPT_INVALID", `${problem?.message ?? "the draft cannot be read"}${more}`, {
    ...problem,
    file,
    data: { problems },
  });
}
