import type { Severity } from "../../core/finding.js";
import type { HistoryCommit } from "../../store/git/history.js";

/** Something that a commit did to the registry, and that nobody may do. */
export interface AuditFinding {
  /** A rule's id; `explain` knows it. */
  readonly rule: string;
  readonly severity: Severity;
  readonly prompt: string;
  readonly version: string;
  readonly alias: string | null;
  /** Where the version's file stood; null for a move. */
  readonly file: string | null;
  readonly message: string;
  readonly hint: string;
  readonly commit: string;
  readonly author: string;
  readonly date: string;
}

/** What is found in a commit; an error, like everything that history proves. */
export function findingOf(
  { commit, author, date }: HistoryCommit,
  {
    alias = null,
    file = null,
    ...found
  }: Pick<AuditFinding, "rule" | "prompt" | "version" | "message" | "hint"> &
    Partial<Pick<AuditFinding, "alias" | "file">>,
): AuditFinding {
  const { rule, prompt, version, message, hint } = found;
  return { rule, severity: "error", prompt, version, alias, file, message, hint, commit, author, date };
}
