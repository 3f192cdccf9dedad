import { operation, type WriteInput } from "../operation.js";
import { changesText, writeChanges } from "../write.js";
import { flagValues } from "../resolve-options.js";

interface Input extends WriteInput {
  readonly capability: string;
  readonly name: string;
  readonly priority?: string;
  readonly flag?: readonly string[];
}

export default operation({
  arguments: [
    { name: "<capability>", summary: "What can be done, such as answer-customer" },
    { name: "<name>", summary: "The prompt that does it" },
  ],
  options: [
    { flags: "--priority <number>", summary: "A whole number; the highest whose conditions hold wins" },
    { flags: "--flag <flag[=value]>", summary: "Only for callers that have this flag", repeatable: true },
  ],
  examples: [
    {
      command: "promptsync capability link answer-customer support-reply --priority 10",
      does: "say which prompt answers customers",
    },
    {
      command:
        "promptsync capability link answer-customer support-reply-lite --priority 20 --flag low-cost-mode",
      does: "and which one while a flag is on",
    },
  ],
  writes: true,
  run: (input: Input, context) =>
    writeChanges(context, input, async (catalog) => {
      const { planCapabilityLink } = await import("../../plans/rollout/plan-capability.js");
      return planCapabilityLink(catalog, {
        ...input,
        flags: input.flag === undefined ? undefined : flagValues(input.flag),
      });
    }),
  text: changesText,
});
