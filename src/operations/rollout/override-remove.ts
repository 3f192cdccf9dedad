import { operation, type WriteInput } from "../operation.js";
import { changesText, writeChanges } from "../write.js";

interface Input extends WriteInput {
  readonly scope: string;
  readonly id: string;
  readonly names: readonly string[];
}

export default operation({
  arguments: [
    { name: "<scope>", summary: "The scope" },
    { name: "<id>", summary: "The id" },
    { name: "[names...]", summary: "The prompts; left out: all that the id has its own versions of" },
  ],
  examples: [
    { command: "promptsync override remove chat chat-8842", does: "let a chat get what everybody gets" },
    { command: "promptsync override remove chat chat-8842 qualify-lead", does: "the same for one prompt" },
  ],
  writes: true,
  run: (input: Input, context) =>
    writeChanges(context, input, async (catalog) => {
      const { planOverrideRemove } = await import("../../plans/rollout/plan-override.js");
      return planOverrideRemove(catalog, input);
    }),
  text: changesText,
});
