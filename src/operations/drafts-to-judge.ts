import { isPromptSyncError, type PromptSyncError } from "../core/errors.js";
import type { DraftToJudge } from "../rules/rule.js";
import type { DraftFile } from "../store/read-drafts.js";
import type { Workspace } from "../store/workspace.js";

/** The drafts as rules judge them; what cannot be read is a problem of its file. */
export function draftsToJudge(workspace: Workspace): DraftToJudge[] {
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
