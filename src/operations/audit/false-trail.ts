import { movesBetween, servedToday } from "../../core/state/moves-between.js";
import type { State } from "../../core/state/state.js";
import type { HistoryCommit } from "../../store/git/history.js";
import { toldBy } from "../../store/told-by.js";
import { findingOf, type AuditFinding } from "./finding.js";

/** What makes an alias serve the version that its trailer `To` names. */
const movesAlias: ReadonlySet<string> = new Set(["alias-set", "rollback", "canary-promote"]);

/** The moves of a commit that its own trailers hide or make up: whoever reads `log` sees something else. */
export function falseTrail(commit: HistoryCommit, before: State, after: State): AuditFinding[] {
  const told = toldBy(commit);
  if (told.length === 0) return []; // `log` finds out what a commit by hand did
  const finding = (prompt: string, alias: string, version: string, message: string): AuditFinding => {
    const hint = `\`promptsync trace ${prompt} --alias ${alias}\` shows what was served, \`git show ${commit.commit.slice(0, 12)}\` the commit`;
    return findingOf(commit, { rule: "registry-trail-false", prompt, version, alias, message, hint });
  };
  const hidden = movesBetween(before, after)
    .filter(({ prompt, version }) => !told.some((it) => it.prompt === prompt && it.to === version))
    .map(({ prompt, alias, version }) =>
      finding(
        prompt,
        alias,
        version,
        `${prompt}@${alias} serves ${version} since this commit, and its trailers tell something else`,
      ),
    );
  const madeUp = told.flatMap(({ action, prompt, alias, to }) => {
    if (!movesAlias.has(action) || prompt === undefined || alias === undefined || to === undefined) return [];
    const serves = servedToday(after, { prompt, alias });
    const isSaid = hidden.some((it) => it.prompt === prompt && it.alias === alias);
    if (serves === to || isSaid) return [];
    const message = `the trailers of this commit say that ${prompt}@${alias} serves ${to}, and it serves ${serves ?? "nothing"}`;
    return [finding(prompt, alias, to, message)];
  });
  return [...hidden, ...madeUp];
}
