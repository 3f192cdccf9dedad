import type { CanaryAct } from "../../plans/rollout/plan-canary-act.js";
import { operation, type Operation, type WriteInput } from "../operation.js";
import { changesText, writeChanges, writeThroughGates, type ChangesResult } from "../write.js";

/** What the command line says. */
export interface Input extends WriteInput {
  readonly name: string;
  readonly alias: string;
}

/** The command that does one thing to a canary; the commands differ in nothing else. */
export function canaryAct(
  act: CanaryAct,
  examples: Operation["examples"],
  description: string,
): Operation<Input, ChangesResult> {
  const isMore = act === "step" || act === "promote"; // more people than before get it
  return operation({
    description,
    arguments: [{ name: "<name>", summary: "The prompt" }],
    options: [{ flags: "--alias <alias>", summary: "The alias that has the canary", required: true }],
    examples,
    writes: true,
    run: (input: Input, context) =>
      (isMore ? writeThroughGates : writeChanges)(context, input, async (catalog) => {
        const { planCanaryAct } = await import("../../plans/rollout/plan-canary-act.js");
        return planCanaryAct(catalog, { ...input, act });
      }),
    text: changesText,
  });
}
