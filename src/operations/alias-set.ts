import type { Catalog } from "../core/catalog.js";
import { operation, type WriteInput } from "./operation.js";
import { changesText, writeThroughGates } from "./write.js";

interface Input extends WriteInput {
  readonly alias: string;
  readonly refs: readonly string[];
  readonly version?: readonly string[];
  readonly from?: string;
}

export default operation({
  arguments: [
    { name: "<alias>", summary: "The alias to move, such as `production`" },
    {
      name: "[refs...]",
      summary: "`name@version` for each prompt; a bare `v1.2.3` means every prompt that has it",
    },
  ],
  options: [
    { flags: "--version <refs...>", summary: "Name the versions here instead" },
    { flags: "--from <alias>", summary: "Copy what another alias serves" },
  ],
  examples: [
    { command: "promptsync alias set stable qualify-lead@1.1.0", does: "move one prompt" },
    {
      command: "promptsync alias set production --version $(promptsync version get dev)",
      does: "promote what dev serves",
    },
  ],
  writes: true,
  async run(input: Input, context) {
    const { planAliasSet } = await import("../plans/plan-alias.js");
    const { promptsIn } = await import("../plans/pin-references.js");
    const references = [...input.refs, ...(input.version ?? [])];
    const plan = (catalog: Catalog) => planAliasSet(catalog, { ...input, references });
    return writeThroughGates(context, input, plan, promptsIn(references));
  },
  text: changesText,
});
