import { operation, type WriteInput } from "./operation.js";
import { changesText, writeChanges } from "./write.js";

interface Input extends WriteInput {
  readonly names: readonly string[];
  readonly all?: boolean;
}

export default operation({
  description:
    "Moves what a prompt's own promptsync.yaml says back into the registry's, with its comments: the way back of `split`.",
  arguments: [{ name: "[names...]", summary: "The prompts" }],
  options: [{ flags: "--all", summary: "Move every prompt's block" }],
  examples: [
    { command: "promptsync join qualify-lead", does: "take a prompt's file back" },
    { command: "promptsync join --all", does: "have one promptsync.yaml again" },
  ],
  writes: true,
  run: (input: Input, context) =>
    writeChanges(context, input, async (catalog) => {
      const { planJoin } = await import("../plans/plan-split.js");
      return planJoin(catalog, input);
    }),
  text: changesText,
});
