import type { Catalog } from "../../core/catalog.js";
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
    async run(input: Input, context) {
      const { planCanaryAct } = await import("../../plans/rollout/plan-canary-act.js");
      const plan = (catalog: Catalog) => planCanaryAct(catalog, { ...input, act });
      return (isMore ? writeThroughGates : writeChanges)(context, input, plan, [input.name]);
    },
    text: changesText,
  });
}
