import { operation, type WriteInput } from "../operation.js";
import { changesText, writeChanges } from "../write.js";

interface Input extends WriteInput {
  readonly tenant: string;
  readonly names: readonly string[];
  readonly alias?: string;
}

export default operation({
  arguments: [
    { name: "<tenant>", summary: "The tenant" },
    { name: "[names...]", summary: "The prompts; left out: all that the tenant has its own versions of" },
  ],
  options: [{ flags: "--alias <alias>", summary: "Only what the tenant has behind this alias" }],
  examples: [
    { command: "promptsync tenant remove acme", does: "let a tenant get what everybody gets" },
    {
      command: "promptsync tenant remove acme qualify-lead --alias production",
      does: "the same for one prompt and alias",
    },
  ],
  writes: true,
  run: (input: Input, context) =>
    writeChanges(context, input, async (catalog) => {
      const { planTenantRemove } = await import("../../plans/rollout/plan-tenant.js");
      return planTenantRemove(catalog, input);
    }),
  text: changesText,
});
