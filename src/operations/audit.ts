import { newestVersion, stateOf, type Catalog } from "../core/catalog.js";
import { VersionAudit } from "../core/audit-versions.js";
import { placeFile } from "../core/layout.js";
import { entryOf } from "../core/state/state.js";
import { MoveAudit } from "../gates/audit-moves.js";
import type { HistoryCommit } from "../store/git/history.js";
import type { Workspace } from "../store/workspace.js";
import { breachFinding } from "./audit/breach.js";
import { falseTrail } from "./audit/false-trail.js";
import type { AuditFinding } from "./audit/finding.js";
import { unproven, type MadeMove } from "./audit/unproven.js";
import { operation } from "./operation.js";
import { shallowNote } from "./text/shallow-note.js";
import { plural } from "./text/plural.js";

interface Input {
  readonly scope?: string;
}

interface Result {
  readonly ok: boolean;
  /** False in a shallow clone: what is older was not looked at. */
  readonly complete: boolean;
  readonly checked: {
    /** Commits of the base branch that touched the registry. */
    readonly commits: number;
    /** Versions that were ever on it. */
    readonly versions: number;
    /** Moves of protected aliases that had to pass gates. */
    readonly moves: number;
  };
  readonly findings: readonly AuditFinding[];
}

export default operation({
  description:
    "Proves from the whole history of the base branch that no merged version ever changed, vanished without a tombstone or was used again, and lists moves of protected aliases that carry no evidence of their gates, or no signature where the policy asks for one.",
  options: [
    {
      flags: "--scope <scope>",
      summary: "Judge the prompts of this scope only",
      choices: ["global", "agent", "user"],
    },
  ],
  examples: [
    { command: "promptsync audit", does: "prove that nothing was changed behind our back" },
    { command: "promptsync audit --scope user --json", does: "the same for the prompts of single users" },
  ],
  async run({ scope }: Input, context): Promise<Result> {
    const workspace = await context.workspace();
    const [versions, moves] = [new VersionAudit(), new MoveAudit()];
    const findings: AuditFinding[] = [];
    const moved: MadeMove[] = [];
    let commits = 0;
    let last: Catalog | undefined;
    let before: Catalog["state"] | undefined;
    for await (const { commit, catalog } of workspace.snapshots()) {
      commits++;
      const isRemoved = (prompt: string, version: string): boolean =>
        entryOf(stateOf(catalog, prompt).removed, version) !== undefined;
      for (const breach of versions.add(versionsIn(commit, catalog.registry), isRemoved))
        findings.push(breachFinding(commit, breach));
      last = catalog;
      if (catalog.stateText.problems.length > 0) continue; // the next state is judged by the last one that was whole
      for (const move of before === undefined ? [] : moves.add(before, catalog.state))
        moved.push({ commit, move });
      const isFalse = before === undefined ? [] : falseTrail(commit, before, catalog.state);
      if (isFalse.length > 0 && !(await isMerge(workspace, commit))) findings.push(...isFalse);
      before = catalog.state;
    }
    findings.push(...(await unproven(workspace, moved)));
    const inScope = await scopeFilter(workspace, last, scope);
    const wanted = findings.filter(({ prompt }) => inScope(prompt));
    const checked = { commits, versions: versions.count, moves: moved.length };
    const shallow = shallowNote(workspace);
    if (shallow !== undefined) context.note(shallow);
    return { ok: wanted.length === 0, complete: shallow === undefined, checked, findings: wanted };
  },
  text({ findings, checked, complete }, style) {
    const lines = findings.flatMap(({ commit, author, date, rule, message, hint }) => [
      `${style.yellow(commit.slice(0, 12))} ${style.dim(date.slice(0, 10))} ${author}  ${style.red("error")} ${message} ${style.dim(`(${rule})`)}`,
      `    fix: ${hint}`,
    ]);
    const { commits, versions, moves } = checked;
    const counts = `${plural(versions, "version")} and ${plural(moves, "gated move")} in ${plural(commits, "commit")}`;
    const end =
      findings.length === 0
        ? complete
          ? style.green(`${counts}: nothing to say against them`)
          : style.yellow(`${counts}: nothing to say against them, and nothing of what is older`)
        : style.red(`${counts}: ${plural(findings.length, "finding")}`);
    return [...lines, ...(lines.length > 0 ? [""] : []), end].join("\n");
  },
  exitCode: ({ ok, complete }) => (ok ? (complete ? 0 : 2) : 1),
});

function versionsIn({ files }: HistoryCommit, registry: string) {
  return files.flatMap(({ path, after }) => {
    const placed = placeFile({ path: path.slice(registry.length + 1), mode: "file" });
    return placed.kind === "version" ? [{ prompt: placed.name, version: placed.version, path, after }] : [];
  });
}

/** `log` does not believe what a merge says of itself: what it brought is told by the commits that it merged. */
const isMerge = async ({ repository }: Workspace, { commit }: HistoryCommit): Promise<boolean> =>
  (await repository.objects.info([`${commit}^2`]))[0] !== null;

/** Says whether a prompt is in the scope; one that is gone always is, because nothing says otherwise. */
async function scopeFilter(
  workspace: Workspace,
  catalog: Catalog | undefined,
  scope: string | undefined,
): Promise<(prompt: string) => boolean> {
  if (scope === undefined || catalog === undefined) return () => true;
  const newest = [...catalog.prompts.values()].flatMap((prompt) => {
    const version = newestVersion(prompt);
    return version === undefined ? [] : [{ ...version, name: prompt.name }];
  });
  const read = await workspace.readVersions(newest);
  const scopes = new Map(read.map((it) => [it.name, it.prompt?.frontMatter.scope ?? "global"]));
  return (prompt) => (scopes.get(prompt) ?? scope) === scope;
}
