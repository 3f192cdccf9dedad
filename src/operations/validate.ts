import { relative, resolve, sep } from "node:path";
import { parseDate } from "../core/date.js";
import { PromptSyncError } from "../core/errors.js";
import type { Finding, Severity } from "../core/finding.js";
import {
  blastRadius,
  printers,
  type FindingFormat,
  type Report,
  type ReportedFinding,
  type Touched,
} from "../findings/index.js";
import { callsOf } from "../rules/code/callers.js";
import { callId } from "../rules/code/code-world.js";
import { limitedState, promptsInSight } from "../rules/in-sight.js";
import { ruleFacts, rules } from "../rules/index.js";
import { judge } from "../rules/judge.js";
import type { World } from "../rules/rule.js";
import type { Workspace } from "../store/workspace.js";
import { codeChoice, codeOptions } from "./code-options.js";
import { operation } from "./operation.js";
import { readFindings } from "./read-findings.js";
import type { CodeChoice } from "./validate-code.js";

interface Input extends CodeChoice {
  readonly paths: readonly string[];
  readonly base?: string;
  readonly staged?: boolean;
  readonly committed?: boolean;
  readonly fetch?: boolean;
  readonly allowMissingBase?: boolean;
  readonly failOn?: Severity;
  readonly format?: FindingFormat;
  readonly now?: string;
}

interface Result extends Report {
  /** False when a rule could not run. */
  readonly complete: boolean;
  readonly toolVersion: string;
}

export default operation({
  description: [
    "Checks the tree, and what changed against the base: by default the branch that the work is merged into.",
    "Exit code 1 means that something is wrong, 2 that something could not be checked.",
  ].join("\n"),
  arguments: [{ name: "[paths...]", summary: "Report on these files and folders only" }],
  options: [
    { flags: "--base <ref>", summary: "Compare with this branch or commit, and read only what differs" },
    {
      flags: "--staged",
      summary: "Check what the next commit changes, as it would hold it, not as the working tree has it",
    },
    {
      flags: "--committed",
      summary:
        "Check HEAD and not the working tree: with `--base`, what it costs does not grow with the registry",
    },
    {
      flags: "--fetch",
      summary: "Fetch the base first; a shallow clone is deepened, by 50 commits at a time and 1,000 at most",
    },
    { flags: "--allow-missing-base", summary: "Pass although there is nothing to compare with" },
    {
      flags: "--fail-on <severity>",
      summary: "Fail on this and worse (default: error)",
      choices: ["error", "warning", "info"],
    },
    { flags: "--format <format>", summary: "Print the findings this way", choices: Object.keys(printers) },
    ...codeOptions,
    { flags: "--now <date>", summary: "Judge dates as of this day instead of today" },
  ],
  examples: [
    { command: "promptsync validate", does: "check the working tree" },
    {
      command: "promptsync validate --base origin/main --format github",
      does: "check a pull request, with annotations",
    },
    {
      command: "promptsync validate --base origin/main --committed",
      does: "check a branch in a CI job that does not edit prompts, in a registry of any size",
    },
    {
      command: "promptsync validate --staged",
      does: "check what is about to be committed, in a pre-commit hook",
    },
  ],
  async run(input: Input, context): Promise<Result> {
    if (input.staged === true && input.committed === true)
      throw new PromptSyncError("USAGE", "`--staged` and `--committed` ask for two different trees", {
        hint: "give one of them",
      });
    const workspace = await context.workspace();
    if (input.fetch === true) await workspace.fetchBase(input.base, context.note);
    const today = (input.now === undefined ? context.now : parseDate(input.now)).toISOString().slice(0, 10);
    const { world, base, missing, findings, size, code, settings } = await readFindings(workspace, {
      ...input,
      today,
      code: codeChoice(input),
      progress: (done, total) => {
        context.progress(`${done} of ${total} versions checked`);
      },
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
    if (settings.note !== undefined) context.note(settings.note);
    if (missing !== undefined)
      context.note(
        [
          `skipped ${skipped.length} rules: ${missing.message}`,
          `hint: ${missing.hint ?? ""}`,
          ...(missing.hint?.startsWith("git fetch") === true
            ? ["  `promptsync validate --fetch` does it"]
            : []),
        ].join("\n"),
      );
    return {
      ok: !judged.some(({ blocks }) => blocks),
      complete: missing === undefined || input.allowMissingBase === true,
      summary: { prompts: promptsInSight(world).size, versions: size, ...countsOf(judged), ...code?.summary },
      findings: judged.map(({ blocks, ...finding }) => ({ ...finding, ...fixOf(finding) })),
      ...(base === undefined ? {} : { base: { ref: base.ref, sha: base.sha ?? "", how: base.how } }),
      skipped,
      waivers,
      date: today,
      ...(touched === undefined ? {} : { touched }),
      toolVersion: context.toolVersion,
    };
  },
  async text(report, style, { format = "text" }) {
    const print = await printers[format]();
    const described = ruleFacts.map(({ id, checks, why, severity }) => ({
      id,
      title: checks,
      why,
      severity,
    }));
    return print(report, { style, rules: described, toolVersion: report.toolVersion });
  },
  exitCode: ({ ok, complete }) => (ok ? (complete ? 0 : 2) : 1),
});

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
