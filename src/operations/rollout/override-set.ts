import { operation, type WriteInput } from "../operation.js";
import { changesText, writeChanges } from "../write.js";

interface Input extends WriteInput {
  readonly scope: string;
  readonly id: string;
  readonly ref: string;
}

export default operation({
  arguments: [
    { name: "<scope>", summary: "chat, character or profile, or what `project.scopes` lists" },
    { name: "<id>", summary: "The id that your application asks with" },
    { name: "<ref>", summary: "`name@version`" },
  ],
  examples: [
    {
      command: "promptsync override set chat chat-8842 qualify-lead@1.1.0-nova.1",
      does: "give one chat a version of its own",
    },
    {
      command: 'promptsync override set profile dana welcome@2.0.0 --reason "asked for it"',
      does: "the same for a profile",
    },
  ],
  writes: true,
  run: (input: Input, context) =>
    writeChanges(context, input, async (catalog) => {
      const { planOverrideSet } = await import("../../plans/rollout/plan-override.js");
      return planOverrideSet(catalog, input);
    }),
  text: changesText,
});
