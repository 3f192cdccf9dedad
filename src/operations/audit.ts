import { newestVersion, stateOf, type Catalog } from "../core/catalog.js";
import { VersionAudit, type VersionBreach } from "../core/audit-versions.js";
import type { Severity } from "../core/finding.js";
import { placeFile } from "../core/layout.js";
import { movesBetween, servedToday } from "../core/state/moves-between.js";
import { entryOf, type State } from "../core/state/state.js";
import { MoveAudit, type ProtectedMove } from "../gates/audit-moves.js";
import type { HistoryCommit } from "../store/git/history.js";
import { readSignaturesOf } from "../store/git/signatures.js";
import { toldBy } from "../store/told-by.js";
import type { Workspace } from "../store/workspace.js";
import { operation } from "./operation.js";
import { readProofs, type Proofs } from "./read-proofs.js";
import { shallowNote } from "./text/shallow-note.js";
import { plural } from "./text/plural.js";

interface Input {
  readonly scope?: string;
}

interface AuditFinding {
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
    const moved: { readonly commit: HistoryCommit; readonly move: ProtectedMove }[] = [];
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

/** The moves of a commit that its own trailers hide or make up: whoever reads `log` sees something else. */
function falseTrail(commit: HistoryCommit, before: State, after: State): AuditFinding[] {
  const told = toldBy(commit);
  if (told.length === 0) return []; // `log` finds out what a commit by hand did
  const finding = (prompt: string, alias: string, version: string, message: string): AuditFinding => ({
    rule: "registry-trail-false",
    severity: "error",
    prompt,
    version,
    alias,
    file: null,
    message,
    hint: `\`promptsync trace ${prompt} --alias ${alias}\` shows what was served, \`git show ${commit.commit.slice(0, 12)}\` the commit`,
    ...who(commit),
  });
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

/** `log` does not believe what a merge says of itself: what it brought is told by the commits that it merged. */
const isMerge = async ({ repository }: Workspace, { commit }: HistoryCommit): Promise<boolean> =>
  (await repository.objects.info([`${commit}^2`]))[0] !== null;

/** What makes an alias serve the version that its trailer `To` names. */
const movesAlias: ReadonlySet<string> = new Set(["alias-set", "rollback", "canary-promote"]);

const who = ({ commit, author, date }: HistoryCommit) => ({ commit, author, date });

function breachFinding(commit: HistoryCommit, { kind, prompt, version, path }: VersionBreach): AuditFinding {
  const { rule, what, hint } = breaches[kind];
  const message = `${prompt}@${version} ${what}`;
  return { rule, severity: "error", prompt, version, alias: null, file: path, message, hint, ...who(commit) };
}

/** The moves without evidence, and those without a signature where one is asked for. At most three git processes. */
async function unproven(
  workspace: Workspace,
  moved: readonly { readonly commit: HistoryCommit; readonly move: ProtectedMove }[],
): Promise<AuditFinding[]> {
  if (moved.length === 0) return [];
  const proofs = await readProofs(workspace);
  const toSign = moved
    .filter(({ move }) => move.requireSigned)
    .flatMap(({ commit }) => makersOf(proofs, commit));
  const signed = await readSignaturesOf(workspace.repository, [...new Set(toSign)]);
  return moved.flatMap(({ commit, move }) => {
    const { prompt, alias, tenant, version, gates, requireSigned } = move;
    const found: AuditFinding[] = [];
    const about = `${prompt}@${alias}${tenant === undefined ? "" : ` of ${tenant}`}`;
    const add = (message: string, hint: string): void => {
      const rule = "registry-gates-unproven";
      found.push({
        rule,
        severity: "error",
        prompt,
        version,
        alias,
        file: null,
        message,
        hint,
        ...who(commit),
      });
    };
    if (!proofs.hasEvidence(commit.commit, `${prompt}@${alias}=${version}`)) {
      add(
        `${about} moved to ${version}, and no commit says that the gates \`${gates}\` passed`,
        `\`promptsync gate ${prompt}@${version} --for ${alias}\` runs them; \`promptsync alias set\` records what they said`,
      );
    }
    const isSigned = (id: string): boolean => ["G", "U"].includes(signed.get(id) ?? "N");
    const [merge, ...others] = makersOf(proofs, commit);
    const isCovered = isSigned(merge ?? "") || (others.length > 0 && others.every(isSigned));
    if (requireSigned && !isCovered) {
      add(
        `${about} moved to ${version} in a commit that is not signed, and the gates \`${gates}\` ask for it`,
        "`git config commit.gpgsign true` signs what comes; who signed what is, only its author can prove",
      );
    }
    return found;
  });
}

/** The commit of the base branch, then those that it merged. */
const makersOf = (proofs: Proofs, { commit }: HistoryCommit): string[] => [
  commit,
  ...proofs.mergedBy(commit),
];

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
