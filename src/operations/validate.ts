import { parseDate } from "../core/date.js";
import { isPromptSyncError, PromptSyncError } from "../core/errors.js";
import type { Severity } from "../core/finding.js";
import { printers, type FindingFormat } from "../findings/index.js";
import type { Workspace } from "../store/workspace.js";
import { codeChoice, codeOptions } from "./code-options.js";
import { draftsToJudge } from "./drafts-to-judge.js";
import { operation } from "./operation.js";
import type { JudgedTree } from "./judge-tree.js";
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

export default operation({
  description: [
    "Checks the tree, and what changed against the base: by default the branch that the work is merged into.",
    "Exit code 1 means that something is wrong, 2 that something could not be checked.",
  ].join(" "),
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
  async run(input: Input, context): Promise<JudgedTree["report"]> {
    if (input.staged === true && input.committed === true)
      throw new PromptSyncError("USAGE", "`--staged` and `--committed` ask for two different trees", {
        hint: "give one of them",
      });
    const workspace = await context.workspace();
    if (input.fetch === true) await workspace.fetchBase(input.base, context.note);
    const { toolVersion } = context;
    const today = (input.now === undefined ? context.now : parseDate(input.now)).toISOString().slice(0, 10);
    const find = async () => {
      const { judgeTree } = await import("./judge-tree.js"); // with all rules, which a report that was kept needs no more
      if (isOfEverything(input) && workspace.isHuge()) await context.spareMemory();
      return judgeTree(workspace, input, {
        ...{ today, toolVersion },
        progress: (done, total) => {
          context.progress(`${done} of ${total} versions checked`);
        },
      });
    };
    const { notes, report } = isOfEverything(input)
      ? await workspace.findOutOnce({
          name: "report",
          given: async () => [toolVersion, today, input, await factsOf(workspace)],
          find,
          isLarge: ({ report: { summary } }) => summary.versions >= manyVersions,
        })
      : await find();
    notes.forEach(context.note);
    return report;
  },
  async text(report, style, { format = "text" }) {
    const print = await printers[format]();
    const rules = format === "sarif" ? await describedRules() : [];
    return print(report, { style, rules, toolVersion: report.toolVersion });
  },
  exitCode: ({ ok, complete }) => (ok ? (complete ? 0 : 2) : 1),
});

/** What SARIF says of every rule. */
async function describedRules() {
  const { ruleFacts } = await import("../rules/index.js");
  return ruleFacts.map(({ id, checks, why, severity }) => ({ id, title: checks, why, severity }));
}

/** From here on, judging costs more than asking git whether anything differs from what was judged. */
const manyVersions = 200;

/** Whether a report depends on nothing but what git knows, the settings and the drafts. */
function isOfEverything({ paths, base, staged, committed, ...input }: Input): boolean {
  const isPart = base !== undefined || staged === true || committed === true || paths.length > 0;
  return !isPart && codeChoice(input) === undefined;
}

/** What a report depends on beside HEAD. */
async function factsOf(workspace: Workspace): Promise<unknown> {
  const base = workspace.base().catch((error: unknown) => {
    if (isPromptSyncError(error)) return [error.code, error.message, error.hint];
    throw error;
  });
  return [workspace.config, await base, draftsToJudge(workspace)];
}
