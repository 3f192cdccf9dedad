import { operation, type WriteInput } from "./operation.js";
import { changesText, writeChanges } from "./write.js";

interface Input extends WriteInput {
  readonly names: readonly string[];
  readonly all?: boolean;
}

export default operation({
  description: [
    "Moves what promptsync.yaml says of a prompt into <name>/promptsync.yaml beside its versions, with its comments.",
    "Nothing else changes. In a registry of many prompts, changes of two prompts then never touch one file.",
  ].join(" "),
  arguments: [{ name: "[names...]", summary: "The prompts" }],
  options: [{ flags: "--all", summary: "Move every prompt's block" }],
  examples: [
    { command: "promptsync split qualify-lead", does: "let the team of a prompt own its file" },
    { command: "promptsync split --all --dry-run", does: "see what would move" },
  ],
  writes: true,
  run: (input: Input, context) =>
    writeChanges(context, input, async (catalog) => {
      const { planSplit } = await import("../plans/plan-split.js");
      return planSplit(catalog, input);
    }),
  text: changesText,
});
