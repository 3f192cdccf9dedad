import { operation, type WriteInput } from "../operation.js";
import { changesText, writeThroughGates } from "../write.js";

interface Input extends WriteInput {
  readonly tenant: string;
  readonly refs: readonly string[];
  readonly alias: string;
}

export default operation({
  description:
    "What a tenant has of its own replaces the alias with its canary and rules; nothing is merged.",
  arguments: [
    { name: "<tenant>", summary: "The tenant, by the id that your application asks with" },
    {
      name: "<refs...>",
      summary: "`name@version`; a bare `v1.2.3` means every prompt that has it and the alias",
    },
  ],
  options: [{ flags: "--alias <alias>", summary: "The alias that the tenant asks for", required: true }],
  examples: [
    {
      command: 'promptsync tenant set acme qualify-lead@1.0.0 --alias production --reason "audited version"',
      does: "let one tenant stay on 1.0.0",
    },
    {
      command: "promptsync tenant set acme v2.0.0 --alias production",
      does: "move everything of a tenant that has 2.0.0",
    },
  ],
  writes: true,
  run: (input: Input, context) =>
    writeThroughGates(context, input, async (catalog) => {
      const { planTenantSet } = await import("../../plans/rollout/plan-tenant.js");
      return planTenantSet(catalog, { ...input, references: input.refs });
    }),
  text: changesText,
});
