import { operation, type WriteInput } from "../operation.js";
import { changesText, writeChanges } from "../write.js";

interface Input extends WriteInput {
  readonly flag: string;
  readonly refs: readonly string[];
}

export default operation({
  arguments: [
    { name: "<flag>", summary: "A flag that was created" },
    { name: "<refs...>", summary: "What those who have the flag get: `name@version`" },
  ],
  examples: [
    {
      command: "promptsync flag link concise-answers support-reply@2.0.0",
      does: "serve 2.0.0 to those who have the flag",
    },
    {
      command: "promptsync flag link concise-answers support-reply@^2 welcome@2.0.0",
      does: "the same for two prompts",
    },
  ],
  writes: true,
  run: (input: Input, context) =>
    writeChanges(context, input, async (catalog) => {
      const { planFlagLink } = await import("../../plans/rollout/plan-flag-link.js");
      return planFlagLink(catalog, { ...input, references: input.refs });
    }),
  text: changesText,
});
