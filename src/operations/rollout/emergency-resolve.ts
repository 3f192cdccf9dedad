import { operation, type WriteInput } from "../operation.js";
import { changesText, writeChanges } from "../write.js";

interface Input extends WriteInput {
  readonly id: string;
  readonly postMortem?: string;
}

export default operation({
  arguments: [{ name: "<id>", summary: "The emergency" }],
  options: [{ flags: "--post-mortem <url>", summary: "Where the post-mortem can be read; may follow later" }],
  examples: [
    { command: "promptsync emergency resolve inc-2026-041", does: "let the other rules decide again" },
    {
      command: "promptsync emergency resolve inc-2026-041 --post-mortem https://example.com/pm/41",
      does: "link the post-mortem",
    },
  ],
  writes: true,
  async run(input: Input, context) {
    const workspace = await context.workspace();
    const by = await workspace.committerAddress();
    return writeChanges(context, input, async (catalog) => {
      const { planEmergencyResolve } = await import("../../plans/rollout/plan-emergency.js");
      return planEmergencyResolve(catalog, { ...input, by }, context.now);
    });
  },
  text: changesText,
});
