import { operation, type WriteInput } from "../operation.js";
import { changesText, writeChanges } from "../write.js";

interface Input extends WriteInput {
  readonly capability: string;
  readonly name: string;
}

export default operation({
  arguments: [
    { name: "<capability>", summary: "What can be done" },
    { name: "<name>", summary: "The prompt" },
  ],
  examples: [
    {
      command: "promptsync capability unlink answer-customer support-reply-lite",
      does: "let a prompt no longer do it",
    },
    {
      command: 'promptsync capability unlink answer-customer support-reply-lite --reason "too terse"',
      does: "and say why",
    },
  ],
  writes: true,
  run: (input: Input, context) =>
    writeChanges(context, input, async (catalog) => {
      const { planCapabilityUnlink } = await import("../../plans/rollout/plan-capability.js");
      return planCapabilityUnlink(catalog, input);
    }),
  text: changesText,
});
