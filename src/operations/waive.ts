import { PromptSyncError } from "../core/errors.js";
import { codeChoice, codeOptions } from "./code-options.js";
import { operation, type WriteInput } from "./operation.js";
import { readFindings } from "./read-findings.js";
import type { CodeChoice } from "./validate-code.js";
import { changesText, writeChanges } from "./write.js";

interface Input extends WriteInput, CodeChoice {
  readonly fingerprint: string;
  readonly reason: string;
  readonly expires?: string;
  readonly owner?: string;
  readonly base?: string;
}

export default operation({
  description: [
    "Writes a waiver for one finding into promptsync.yaml: it is still listed, and fails no check until the day it ends.",
    "The fingerprint stands in `promptsync validate --json`.",
  ].join(" "),
  arguments: [{ name: "<fingerprint>", summary: "The finding: 16 hexadecimal digits" }],
  options: [
    { flags: "--reason <text>", summary: "Say in a sentence why this is fine", required: true },
    {
      flags: "--expires <date>",
      summary: "Let it end after this day, at most `periods.waiver` days from now (default: 30 days)",
    },
    { flags: "--owner <owner>", summary: "Say who answers for it (default: the committer's address)" },
    { flags: "--base <ref>", summary: "Look for the finding in a comparison with this branch or commit" },
    ...codeOptions,
  ],
  examples: [
    {
      command: 'promptsync waive 3f0c9a1b2d4e5f60 --reason "the partner reads both forms until March"',
      does: "live with one finding for 30 days",
    },
    {
      command:
        'promptsync waive 3f0c9a1b2d4e5f60 --reason "removed with 2.0.0" --expires 2027-01-31 --dry-run',
      does: "show what would be written",
    },
  ],
  writes: true,
  run: (input: Input, context) =>
    writeChanges(context, input, async (catalog) => {
      const { planWaive } = await import("../plans/plan-waive.js");
      const workspace = await context.workspace();
      const find = async (code: CodeChoice | undefined) => {
        const { findings } = await readFindings(workspace, {
          today: context.now.toISOString().slice(0, 10),
          code,
          ...(input.base === undefined ? {} : { base: input.base }),
        });
        return findings.find(({ fingerprint }) => fingerprint === input.fingerprint);
      };
      // The code is scanned when nothing else is meant.
      const finding = (await find(codeChoice(input))) ?? (await find(codeChoice(input) ?? {}));
      if (finding === undefined)
        throw new PromptSyncError(
          "FINDING_NOT_FOUND",
          `no finding has the fingerprint \`${input.fingerprint}\``,
          {
            hint: "`promptsync validate --json` lists the findings with their fingerprints",
          },
        );
      const owner = input.owner ?? (await workspace.committerAddress());
      const horizon = workspace.config.periods.waiver;
      return planWaive(catalog, { ...input, finding, owner, horizon }, context.now);
    }),
  text: changesText,
});
