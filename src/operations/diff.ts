import type { Comparison } from "../core/bump.js";
import { diffTexts, isDifferent, printers, type DiffFormat, type VersionDiff } from "../diff/index.js";
import { PromptSyncError } from "../core/errors.js";
import { choosePairs, type DiffChoice, type Side } from "./diff-pairs.js";
import { readIncludes } from "./read-includes.js";
import { operation } from "./operation.js";
import { catalogFor } from "./resolve-options.js";

interface Input extends DiffChoice {
  readonly gitCommit?: string;
  readonly at?: string;
  readonly format?: DiffFormat;
  readonly stat?: boolean;
  readonly exitCode?: boolean;
}

interface Result {
  readonly diffs: readonly VersionDiff[];
}

export default operation({
  description: [
    "Compares what stands in prompts/ with the newest version; --alias, --version and --git-commit choose another",
    "version to compare with. Two versions or two references are compared with each other. A bare `v1` is the newest 1.x.y.",
  ].join(" "),
  arguments: [{ name: "[what...]", summary: "A prompt, a prompt and two versions, or two references" }],
  options: [
    { flags: "--alias <alias>", summary: "Compare with what this alias serves" },
    { flags: "--version <version>", summary: "Compare with this version" },
    { flags: "--git-commit <revision>", summary: "Compare with what was there at this commit" },
    { flags: "--at <when>", summary: "Compare with what was there at a commit, tag, branch or date" },
    {
      flags: "--format <format>",
      summary: "Print the differences this way",
      choices: ["text", "unified", "json", "md", "html"],
    },
    { flags: "--stat", summary: "Print counts only" },
    { flags: "--exit-code", summary: "End with 1 when there are differences" },
  ],
  examples: [
    { command: "promptsync diff qualify-lead", does: "what the next push of the draft would change" },
    {
      command: "promptsync diff qualify-lead v1 v2 --format html > diff.html",
      does: "two versions side by side, as a page",
    },
    {
      command: "promptsync diff --at 2026-11-01",
      does: "all prompts: what came since then",
    },
    {
      command: "promptsync diff --alias production",
      does: "all prompts: what production does not serve yet",
    },
  ],
  async run(input: Input, context): Promise<Result> {
    const workspace = await context.workspace();
    const { gitCommit, at } = input;
    if (gitCommit !== undefined && at !== undefined && gitCommit !== at) {
      throw new PromptSyncError("USAGE", "`--git-commit` and `--at` name two moments", {
        hint: "name one; `--at` takes dates too",
      });
    }
    const then = await catalogFor(workspace, at ?? gitCommit, context);
    const pairs = await choosePairs(workspace, input, then);
    const [{ comparison }, { templateOptions }] = await Promise.all([
      import("./comparison.js"),
      import("./template-options.js"),
    ]);
    const sides = pairs.flatMap(([from, to]) => (from === null ? [to] : [from, to]));
    const prompts = sides.map(({ prompt }) => prompt);
    const { load } = await readIncludes(workspace, async () => [await workspace.catalog(), then], prompts);
    const comparePrompts = comparison(workspace.config, templateOptions(workspace.config.engine, load));
    const compare = (from: Side, to: Side): Comparison => comparePrompts(from.prompt, to.prompt);
    return {
      diffs: pairs.map(([from, to]) => diffSides(from, to, compare)).filter((diff) => diff !== undefined),
    };
  },
  async text({ diffs }, style, { format = "text", stat }) {
    const print = await printers[stat === true ? "stat" : format]();
    return print(diffs, { style });
  },
  exitCode: ({ diffs }, { exitCode }) => (exitCode === true && diffs.some(isDifferent) ? 1 : 0),
});

function diffSides(
  from: Side | null,
  to: Side,
  compare: (from: Side, to: Side) => Comparison,
): VersionDiff | undefined {
  const { changes, requiredBump } =
    from === null ? { changes: [], requiredBump: "none" as const } : compare(from, to);
  const hunks = diffTexts(from?.text ?? "", to.text, { context: 3 });
  if (from !== null && hunks.length === 0) return undefined;
  return { name: to.prompt.name, from: from?.label ?? null, to: to.label, requiredBump, changes, hunks };
}
