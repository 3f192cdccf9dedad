import type { Catalog } from "../core/catalog.js";
import { operation, type WriteInput } from "./operation.js";
import { changesText, writeChanges } from "./write.js";

interface Input extends WriteInput {
  readonly refs: readonly string[];
}

export default operation({
  arguments: [
    { name: "<refs...>", summary: "`name@version`; a bare `v1.2.3` means every prompt that has it" },
  ],
  examples: [
    { command: "promptsync default set qualify-lead@1.1.0", does: "serve 1.1.0 wherever no alias decides" },
    {
      command: 'promptsync default set v2.0.0 --reason "rollout finished"',
      does: "move every prompt that has 2.0.0",
    },
  ],
  writes: true,
  async run(input: Input, context) {
    const { planDefaultSet } = await import("../plans/plan-alias.js");
    const { promptsIn } = await import("../plans/pin-references.js");
    const plan = (catalog: Catalog) => planDefaultSet(catalog, { ...input, references: input.refs });
    return writeChanges(context, input, plan, promptsIn(input.refs));
  },
  text: changesText,
});
