import { assertStateReadable } from "../../core/catalog.js";
import { operation, type WriteInput } from "../operation.js";
import { catalogFor } from "../resolve-options.js";
import { shallowNote } from "../text/shallow-note.js";
import { changesText, writeChanges } from "../write.js";

interface Input extends WriteInput {
  readonly name?: string;
  readonly alias: string;
  readonly to?: string;
  readonly at?: string;
  readonly release?: boolean;
}

export default operation({
  description:
    "Serves what the alias served before, to everybody: a canary ends, and an alias that was removed is there again. Without a name it takes back the last change of the alias, whichever prompts it moved. Only promptsync.yaml changes, in one commit.",
  arguments: [
    { name: "[name]", summary: "The prompt; left out: all that the last change of the alias moved" },
  ],
  options: [
    { flags: "--alias <alias>", summary: "The alias to move back", required: true },
    { flags: "--to <ref>", summary: "Go back to this version, which the alias served once" },
    { flags: "--at <when>", summary: "Go back to what a commit, tag or date served" },
    { flags: "--release", summary: "Take back the last commit that moved several prompts" },
  ],
  examples: [
    {
      command: 'promptsync rollback qualify-lead --alias production --reason "complaints"',
      does: "serve the version before",
    },
    { command: "promptsync rollback --alias production --release", does: "take a whole release back" },
    { command: "promptsync rollback --alias production --at 2026-11-01", does: "serve what that day served" },
  ],
  writes: true,
  async run(input: Input, context) {
    const workspace = await context.workspace();
    const shallow = shallowNote(workspace);
    if (shallow !== undefined) context.note(shallow);
    const then = input.at === undefined ? undefined : await catalogFor(workspace, input.at, context);
    if (then !== undefined) assertStateReadable(then);
    const [{ rollbackTargets }, { planRollback }] = await Promise.all([
      import("../../plans/rollout/rollback-targets.js"),
      import("../../plans/rollout/plan-rollback.js"),
    ]);
    return writeChanges(context, input, async (catalog) => {
      assertStateReadable(catalog);
      const wish = { ...input, then: then?.state };
      const targets = await rollbackTargets(catalog, wish, workspace.pastStates());
      return planRollback(catalog, { ...input, targets });
    });
  },
  text: changesText,
});
