import { operation, type WriteInput } from "../operation.js";
import { changesText, writeChanges } from "../write.js";
import type { FlagKind } from "../../plans/rollout/plan-flag.js";

interface Input extends WriteInput {
  readonly flag: string;
  readonly expires: string;
  readonly owner?: string;
  readonly purpose?: string;
  readonly kind?: FlagKind;
}

export default operation({
  description:
    "Flags are temporary: each has a day on which it expires. A release or experiment is expected to live 40 days, an ops switch 7; a longer life is allowed with a warning.",
  arguments: [{ name: "<flag>", summary: "The flag, by the name that your application asks with" }],
  options: [
    { flags: "--expires <date>", summary: "The day on which the flag should be gone", required: true },
    { flags: "--owner <owner>", summary: "Who removes it" },
    { flags: "--purpose <text>", summary: "What it is for" },
    {
      flags: "--kind <kind>",
      summary: "What kind of flag it is; release when left out",
      choices: ["release", "experiment", "ops", "permission"],
    },
  ],
  examples: [
    {
      command:
        'promptsync flag create concise-answers --expires 2026-12-15 --owner team-support --purpose "shorter replies"',
      does: "make a flag known",
    },
    {
      command: "promptsync flag create low-cost-mode --expires 2026-11-09 --kind ops",
      does: "a switch for a week",
    },
  ],
  writes: true,
  run: (input: Input, context) =>
    writeChanges(context, input, async (catalog) => {
      const { planFlagCreate } = await import("../../plans/rollout/plan-flag.js");
      return planFlagCreate(catalog, input, context.now);
    }),
  text: changesText,
});
