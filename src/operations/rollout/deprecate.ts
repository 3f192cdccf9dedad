import { operation, type WriteInput } from "../operation.js";
import { changesText, writeChanges } from "../write.js";

interface Input extends WriteInput {
  readonly ref: string;
  readonly replacement: string;
  readonly deadline: string;
  readonly reason: string;
}

export default operation({
  description:
    "A deprecated version is served and reported; after the deadline, when nothing names it any more, `promptsync remove` deletes it.",
  arguments: [{ name: "<ref>", summary: "The version, as `name@version`" }],
  options: [
    { flags: "--replacement <ref>", summary: "The version to use instead", required: true },
    { flags: "--deadline <date>", summary: "The last day of the version", required: true },
    {
      flags: "--reason <text>",
      summary: "Record why, for the audit trail and for whoever still uses it",
      required: true,
    },
  ],
  examples: [
    {
      command:
        'promptsync deprecate qualify-lead@1.0.0 --replacement 1.1.0 --deadline 2026-12-31 --reason "retired policy"',
      does: "announce the end of a version",
    },
    {
      command:
        'promptsync deprecate refund@1.0.0 --replacement refund@2.0.0 --deadline 2026-12-31 --reason "wrong tone" --dry-run',
      does: "show who still gets it",
    },
  ],
  writes: true,
  run: (input: Input, context) =>
    writeChanges(context, input, async (catalog) => {
      const { planDeprecate } = await import("../../plans/rollout/plan-deprecate.js");
      const { notice } = (await context.workspace()).config.periods;
      return planDeprecate(catalog, { ...input, notice }, context.now);
    }),
  text: changesText,
});
