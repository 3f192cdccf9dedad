import type { Catalog } from "../core/catalog.js";
import { operation, type WriteInput } from "./operation.js";
import { changesText, writeChanges } from "./write.js";

interface Input extends WriteInput {
  readonly alias: string;
  readonly names: readonly string[];
}

export default operation({
  arguments: [
    { name: "<alias>", summary: "The alias to take away" },
    { name: "[names...]", summary: "The prompts to take it from; left out: all that have it" },
  ],
  examples: [
    { command: "promptsync alias remove beta", does: "take the alias from every prompt" },
    { command: "promptsync alias remove beta qualify-lead", does: "take it from one prompt" },
  ],
  writes: true,
  async run(input: Input, context) {
    const { planAliasRemove } = await import("../plans/plan-alias.js");
    const plan = (catalog: Catalog) => planAliasRemove(catalog, input);
    return writeChanges(context, input, plan, input.names);
  },
  text: changesText,
});
