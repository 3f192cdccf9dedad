import { readFile } from "node:fs/promises";
import { resolve as resolvePath } from "node:path";
import { assertStateReadable } from "../../core/catalog.js";
import { PromptSyncError } from "../../core/errors.js";
import type { PromptPreview } from "../../plans/rollout/preview-rollout.js";
import { catalogFor } from "../resolve-options.js";
import { operation, type Context } from "../operation.js";
import { plural } from "../text/plural.js";
import { table } from "../text/table.js";

interface Input {
  readonly name?: string;
  readonly keys: string;
  readonly from?: string;
  readonly to?: string;
  readonly alias?: string;
}

interface Result {
  /** How many different keys were given. */
  readonly keys: number;
  readonly prompts: readonly PromptPreview[];
}

export default operation({
  description:
    "Counts how many of your keys would get another version. Left out, the two states are the last commit and the working tree: edit promptsync.yaml or use `--no-commit`, and look before you commit.",
  arguments: [{ name: "[name]", summary: "The prompt; left out: every prompt that moves somebody" }],
  options: [
    {
      flags: "--keys <file>",
      summary: "One key a line, such as user ids; `-` for standard input",
      required: true,
    },
    { flags: "--from <when>", summary: "The state before: a commit, tag, branch or date; left out: HEAD" },
    { flags: "--to <when>", summary: "The state after; left out: the working tree" },
    { flags: "--alias <alias>", summary: "Ask for what this alias serves" },
  ],
  examples: [
    {
      command: "promptsync rollout preview --keys users.txt --alias production",
      does: "who would notice what the working tree changes",
    },
    {
      command: "promptsync rollout preview qualify-lead --keys - --from v1.4 --to main --json",
      does: "compare two commits for one prompt",
    },
  ],
  async run(input: Input, context): Promise<Result> {
    const workspace = await context.workspace();
    const before = await workspace.catalogAt(input.from ?? "HEAD");
    const after = await catalogFor(workspace, input.to, context);
    assertStateReadable(before);
    assertStateReadable(after);
    const keys = await readKeys(input.keys, context);
    const { previewRollout } = await import("../../plans/rollout/preview-rollout.js");
    return { keys: keys.length, prompts: previewRollout(before, after, { ...input, keys }) };
  },
  text({ keys, prompts }, style) {
    const rows = prompts.flatMap(({ prompt, moves }) =>
      moves.map(({ from, to, keys: count }) => [
        style.cyan(prompt),
        `${style.dim(from ?? "nothing")} → ${to === null ? style.red("nothing") : style.green(to)}`,
        String(count),
        `${((count / keys) * 100).toFixed(2)} %`,
      ]),
    );
    if (rows.length === 0) return `none of ${plural(keys, "key")} gets another version`;
    return table(rows, style, { head: ["PROMPT", "MOVES", "KEYS", "SHARE"], right: [2, 3] });
  },
});

/** @throws PromptSyncError `FILE_NOT_FOUND`, `USAGE` when there is no key */
async function readKeys(file: string, { directory, stdin }: Context): Promise<readonly string[]> {
  const text = file === "-" ? await stdin() : await readText(resolvePath(directory, file), file);
  const keys = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
  if (keys.length > 0) return [...new Set(keys)];
  throw new PromptSyncError("USAGE", `\`${file}\` holds no key`, { hint: "write one key a line" });
}

async function readText(path: string, shown: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    const { code = "unknown" } = cause as NodeJS.ErrnoException;
    throw new PromptSyncError("FILE_NOT_FOUND", `\`${shown}\` cannot be read (${code})`, {
      hint: "check the path after `--keys`; `-` reads standard input",
      cause,
    });
  }
}
