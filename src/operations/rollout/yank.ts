import { operation, type WriteInput } from "../operation.js";
import { changesText, writeChanges } from "../write.js";

interface Input extends WriteInput {
  readonly ref: string;
}

export default operation({
  description:
    "A yanked version is passed over wherever it is named: the next rule, alias or default decides. The file stays.",
  arguments: [{ name: "<ref>", summary: "The version, as `name@version`" }],
  examples: [
    {
      command: 'promptsync yank welcome@1.0.1 --reason "leaks the customer name"',
      does: "take a version out of service at once",
    },
    { command: "promptsync yank welcome@1.0.1 --dry-run", does: "show what would be affected" },
  ],
  writes: true,
  run: (input: Input, context) =>
    writeChanges(context, input, async (catalog) => {
      const { planYank } = await import("../../plans/rollout/plan-yank.js");
      return planYank(catalog, input, context.now);
    }),
  text: changesText,
});
