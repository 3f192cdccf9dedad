import type { VersionBreach } from "../../core/audit-versions.js";
import type { HistoryCommit } from "../../store/git/history.js";
import { findingOf, type AuditFinding } from "./finding.js";

const breaches = {
  modified: {
    rule: "immutable-version-modified",
    what: "was changed after it was merged",
    hint: "restore the file from the commit before, and push the change as a new version",
  },
  deleted: {
    rule: "immutable-version-deleted",
    what: "was deleted without a tombstone",
    hint: "restore the file; `promptsync deprecate` and `promptsync remove` end a version",
  },
  reused: {
    rule: "immutable-version-collision",
    what: "came back after it was gone: a number is never used twice",
    hint: "push it under a new number",
  },
} as const;

/** What a commit did to a merged version. */
export function breachFinding(
  commit: HistoryCommit,
  { kind, prompt, version, path }: VersionBreach,
): AuditFinding {
  const { rule, what, hint } = breaches[kind];
  return findingOf(commit, {
    rule,
    prompt,
    version,
    file: path,
    message: `${prompt}@${version} ${what}`,
    hint,
  });
}
