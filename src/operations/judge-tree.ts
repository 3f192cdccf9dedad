import { relative, resolve, sep } from "node:path";
import { PromptSyncError } from "../core/errors.js";
import type { Finding, Severity } from "../core/finding.js";
import { blastRadius, type Report, type ReportedFinding, type Touched } from "../findings/index.js";
import { callsOf } from "../rules/code/callers.js";
import { callId } from "../rules/code/code-world.js";
import { limitedState, promptsInSight } from "../rules/in-sight.js";
import { rules } from "../rules/index.js";
import { judge } from "../rules/judge.js";
import type { World } from "../rules/rule.js";
import type { Workspace } from "../store/workspace.js";
import { codeChoice } from "./code-options.js";
import { readFindings } from "./read-findings.js";
import type { CodeChoice } from "./validate-code.js";

/** What is judged, and what may pass. */
interface JudgeRequest extends CodeChoice {
  readonly paths: readonly string[];
  readonly base?: string;
  readonly staged?: boolean;
  readonly committed?: boolean;
  readonly allowMissingBase?: boolean;
  readonly failOn?: Severity;
}

/** The world of a judgement. */
interface Circumstances {
  /** The day, ISO 8601. */
  readonly today: string;
  readonly toolVersion: string;
  /** Gets the number of versions that were judged, and of those there are. */
  readonly progress: (done: number, total: number) => void;
}

/** The findings of a tree, as plain JSON. */
export interface JudgedTree {
  readonly report: Report & {
    /** False when a rule could not run. */
    readonly complete: boolean;
    readonly toolVersion: string;
  };
  /** What the user is told beside it. */
  readonly notes: readonly string[];
}

/**
 * Runs every rule on a tree, or on what it changes against its base.
 * @throws PromptSyncError `FILE_NOT_FOUND` for a path that means nothing, and what `readFindings` throws
 */
export async function judgeTree(
  workspace: Workspace,
  input: JudgeRequest,
  { today, toolVersion, progress }: Circumstances,
): Promise<JudgedTree> {
  const notes: string[] = [];
  const { world, base, missing, findings, size, code, settings } = await readFindings(workspace, {
    ...input,
    today,
    code: codeChoice(input),
    progress,
  });
  const wanted = wantedPaths(workspace, input.paths);
  refuseNothing(workspace, wanted, [...findings, ...(world.base?.changes ?? [])]);
  const marked = findings.filter(({ file }) => wanted.length === 0 || wanted.some((it) => isIn(it, file)));
  const waivers = (world.waivers ?? []).flatMap(({ waiver, lapsed }) =>
    waiver === undefined || lapsed ? [] : [waiver],
  );
  const dateRules = rules.filter(({ scope }) => scope === "date").map(({ id }) => id);
  const judged = judge(marked, world, { failOn: input.failOn ?? "error", waivers, dateRules });
  const skipped =
    missing === undefined
      ? []
      : rules
          .filter(({ scope }) => scope === "base")
          .map(({ id }) => ({ rule: id, reason: missing.message }));
  const touched = touchedBy(world);
  if (settings.note !== undefined) notes.push(settings.note);
  if (missing !== undefined)
    notes.push(
      [
        `skipped ${skipped.length} rules: ${missing.message}`,
        `hint: ${missing.hint ?? ""}`,
        ...(missing.hint?.startsWith("git fetch") === true
          ? ["  `promptsync validate --fetch` does it"]
          : []),
      ].join("\n"),
    );
  const report = {
    ok: !judged.some(({ blocks }) => blocks),
    complete: missing === undefined || input.allowMissingBase === true,
    summary: { prompts: promptsInSight(world).size, versions: size, ...countsOf(judged), ...code?.summary },
    findings: judged.map(({ blocks, ...finding }) => ({ ...finding, ...fixOf(finding) })),
    ...(base === undefined ? {} : { base: { ref: base.ref, sha: base.sha ?? "", how: base.how } }),
    skipped,
    waivers,
    date: today,
    ...(touched === undefined ? {} : { touched }),
    toolVersion,
  };
  return { report, notes };
}

/** Whom the change touches, with the calls that are served through it when the code was scanned. */
function touchedBy({ base, catalog, code, changed }: World): readonly Touched[] | undefined {
  if (base === undefined) return undefined;
  const isSame = base.catalog.state === catalog.state;
  const [before, after] = [base.catalog, catalog].map((it) => limitedState(it.state, changed));
  const touched = isSame || !before || !after ? [] : blastRadius(before, after);
  return touched.map(({ way, ...it }) =>
    code === undefined ? it : { ...it, callers: callsOf(code, it.prompt, way).map(callId) },
  );
}

/** The command that mends a finding: ours, or the one that its hint begins with. */
function fixOf({ rule, hint }: Finding): Pick<ReportedFinding, "fix"> {
  const isFixable = rules.find(({ id }) => id === rule)?.fixable === true;
  const command = isFixable ? "promptsync fix" : /^`((?:git|promptsync) [^`]+)`/.exec(hint)?.[1];
  return command === undefined ? {} : { fix: { command } };
}

function countsOf(findings: ReturnType<typeof judge>) {
  const open = findings.filter(({ waiver }) => waiver === undefined);
  const count = (severity: Severity): number =>
    open.filter((finding) => finding.severity === severity).length;
  return {
    errors: count("error"),
    warnings: count("warning"),
    infos: count("info"),
    existing: open.filter(({ introduced }) => introduced === "existing").length,
    waived: findings.length - open.length,
  };
}

/** Files and folders relative to the repository root; empty for the root. */
function wantedPaths({ root, directory }: Workspace, paths: readonly string[]): readonly string[] {
  return paths.map((path) => relative(root, resolve(directory, path)).split(sep).join("/"));
}

const isIn = (folder: string, file: string): boolean =>
  folder === "" || file === folder || file.startsWith(`${folder}/`);

/**
 * A path that means nothing would pass every check.
 * @throws PromptSyncError `FILE_NOT_FOUND`
 */
function refuseNothing(
  { exists, repository }: Workspace,
  wanted: readonly string[],
  known: readonly ({ readonly file: string } | { readonly path: string })[],
): void {
  for (const path of repository.top === null ? [] : wanted) {
    const isInside = path !== ".." && !path.startsWith("../");
    if (isInside && (exists(path) || known.some((it) => isIn(path, "file" in it ? it.file : it.path))))
      continue;
    throw new PromptSyncError("FILE_NOT_FOUND", `there is no \`${path}\` in this repository`, {
      hint: "name files or folders, from where you stand",
    });
  }
}
