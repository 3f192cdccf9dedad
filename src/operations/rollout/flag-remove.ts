import { operation, type WriteInput } from "../operation.js";
import { changesText, writeChanges } from "../write.js";

interface Input extends WriteInput {
  readonly flag: string;
}

export default operation({
  arguments: [{ name: "<flag>", summary: "The flag" }],
  examples: [
    {
      command: "promptsync flag remove concise-answers",
      does: "forget a flag, with the rules and capability links that need it",
    },
    { command: "promptsync flag remove concise-answers --dry-run", does: "show what would go with it" },
  ],
  writes: true,
  run: (input: Input, context) =>
    writeChanges(context, input, async (catalog) => {
      const { planFlagRemove } = await import("../../plans/rollout/plan-flag.js");
      return planFlagRemove(catalog, input);
    }),
  text: changesText,
});
