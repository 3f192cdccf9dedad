import { operation, type WriteInput } from "../operation.js";
import { changesText, writeChanges } from "../write.js";

interface Input extends WriteInput {
  readonly ref: string;
}

export default operation({
  description:
    "Deletes a deprecated version after its deadline, when nothing in promptsync.yaml names it. A tombstone stays: the number is never used again.",
  arguments: [{ name: "<ref>", summary: "The version, as `name@version`" }],
  examples: [
    { command: "promptsync remove qualify-lead@0.9.0", does: "delete a version whose deadline has passed" },
    {
      command: "promptsync remove qualify-lead@0.9.0 --dry-run",
      does: "find out whether something still needs it",
    },
  ],
  writes: true,
  run: (input: Input, context) =>
    writeChanges(context, input, async (catalog) => {
      const { planRemove } = await import("../../plans/rollout/plan-remove.js");
      return planRemove(catalog, input, context.now);
    }),
  text: changesText,
});
