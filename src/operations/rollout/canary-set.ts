import { operation, type WriteInput } from "../operation.js";
import { changesText, writeThroughGates } from "../write.js";

interface Input extends WriteInput {
  readonly names: readonly string[];
  readonly alias: string;
  readonly version: readonly string[];
  readonly percentage: string;
  readonly steps?: string;
  readonly seed?: string;
}

export default operation({
  description:
    "The same user always gets the same version. Setting a canary that runs already changes its percentage and keeps its seed: whoever has the version keeps it while the share grows.",
  arguments: [{ name: "[names...]", summary: "Only these prompts of those that have a bare version" }],
  options: [
    { flags: "--alias <alias>", summary: "The alias whose users are split", required: true },
    {
      flags: "--version <refs...>",
      summary:
        "The version on trial, as `name@version`; a bare `v2.0.0` means every prompt that has it and the alias",
      required: true,
    },
    {
      flags: "--percentage <percent>",
      summary: "The share of users, 0 to 100 with at most two decimals",
      required: true,
    },
    { flags: "--steps <percents>", summary: "Name the steps that `canary step` takes, such as 1,10,50,100" },
    { flags: "--seed <seed>", summary: "Split by this seed; left out: the prompt, the alias and the day" },
  ],
  examples: [
    {
      command: "promptsync canary set --alias production --version v2.0.0 --percentage 10",
      does: "try 2.0.0 on a tenth of the users of every prompt that has it",
    },
    {
      command:
        "promptsync canary set --alias production --version qualify-lead@2.0.0 --percentage 1 --steps 1,10,50,100",
      does: "begin with one percent",
    },
  ],
  writes: true,
  run: (input: Input, context) =>
    writeThroughGates(context, input, async (catalog) => {
      const [{ planCanarySet }, { breakingArms }] = await Promise.all([
        import("../../plans/rollout/plan-canary-set.js"),
        import("./breaking-arms.js"),
      ]);
      const request = { ...input, references: [...input.names, ...input.version] };
      const planned = planCanarySet(catalog, request, context.now);
      const breaking = await breakingArms(await context.workspace(), catalog, planned.changes);
      return { ...planned, warnings: [...(planned.warnings ?? []), ...breaking] };
    }),
  text: changesText,
});
