import { operation, type WriteInput } from "../operation.js";
import { changesText, writeChanges } from "../write.js";

interface Input extends WriteInput {
  readonly ref: string;
  readonly label: string;
  readonly alias?: string;
  readonly id?: string;
  readonly postMortemDue?: string;
}

export default operation({
  description:
    "Serves a version before every other rule and without gates, until `emergency resolve`. It owes a post-mortem.",
  arguments: [{ name: "<ref>", summary: "What is served from now on, as `name@version`" }],
  options: [
    { flags: "--label <text>", summary: "What went wrong, in a few words", required: true },
    { flags: "--alias <alias>", summary: "Only for callers of this alias" },
    { flags: "--id <id>", summary: "Call it this; left out: `inc-` and the day" },
    {
      flags: "--post-mortem-due <date>",
      summary: "The day on which the post-mortem is due; left out: in a week",
    },
  ],
  examples: [
    {
      command:
        'promptsync emergency open qualify-lead@1.0.4-emergency.1 --alias production --label "leaked ids"',
      does: "serve a fix at once, past gates and rules",
    },
    {
      command: 'promptsync emergency open refund@1.1.0 --id inc-2026-041 --label "promises refunds"',
      does: "the same for every alias of a prompt",
    },
  ],
  writes: true,
  async run(input: Input, context) {
    const workspace = await context.workspace();
    const by = await workspace.committerAddress();
    return writeChanges(context, input, async (catalog) => {
      const { planEmergencyOpen } = await import("../../plans/rollout/plan-emergency.js");
      return planEmergencyOpen(catalog, { ...input, due: input.postMortemDue, by }, context.now);
    });
  },
  text: changesText,
});
