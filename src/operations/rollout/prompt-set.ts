import { operation, type WriteInput } from "../operation.js";
import { changesText, writeChanges } from "../write.js";

interface Input extends WriteInput {
  readonly name: string;
  readonly field: string;
  readonly value: string;
}

export default operation({
  arguments: [
    { name: "<name>", summary: "The prompt" },
    { name: "<field>", summary: "owner, purpose or recommended" },
    { name: "<value>", summary: "Its new value" },
  ],
  examples: [
    { command: "promptsync prompt set qualify-lead owner team-sales", does: "hand a prompt over" },
    {
      command: "promptsync prompt set qualify-lead recommended 1.1.0",
      does: "say which version new code should ask for",
    },
  ],
  writes: true,
  run: (input: Input, context) =>
    writeChanges(context, input, async (catalog) => {
      const { planPromptSet } = await import("../../plans/rollout/plan-prompt-set.js");
      return planPromptSet(catalog, input);
    }),
  text: changesText,
});
