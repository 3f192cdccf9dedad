import type { Catalog } from "../../../src/core/catalog.js";
import type { StateEdit } from "../../../src/core/plan.js";
import type { PlannedChanges } from "../../../src/plans/state-change.js";
import { registry, stateText } from "../../core/registry.js";

/** The moment of every plan in these tests. */
export const now = new Date("2026-11-02T10:00:00Z");

/** Two prompts with three versions each behind `production`; the lines are added to the end of the state. */
export function shop(lines = "", project = ""): Catalog {
  const versions = ["1.0.0", "1.1.0", "2.0.0"];
  const state = stateText(`${project}prompts:
  qualify-lead:
    default: "1.0.0"
    aliases:
      production: { serve: "1.1.0" }
  refund:
    default: "1.0.0"
    aliases:
      production: { serve: "1.0.0" }
${lines}`);
  return registry({ "task/qualify-lead": versions, refund: versions, welcome: ["1.0.0"] }, state);
}

/** The same shop with a canary of qualify-lead 2.0.0. */
export function shopWithCanary(settings = "percent: 10, state: running"): Catalog {
  const canary = `{ serve: "1.1.0", canary: { serve: "2.0.0", seed: spring, ${settings} } }`;
  const state = stateText(`prompts:\n  qualify-lead:\n    aliases:\n      production: ${canary}\n`);
  return registry({ "qualify-lead": ["1.1.0", "2.0.0", "3.0.0"] }, state);
}

/** The edits of a plan as `path: value` lines of JSON; a removal has no value. */
export function editsOf({ plan }: PlannedChanges): string[] {
  const edits = (plan?.effects ?? []).flatMap((effect): readonly StateEdit[] =>
    effect.kind === "edit-state" ? effect.edits : [],
  );
  return edits.map(
    ({ path, value }) => `${path.join(".")}${value === undefined ? "" : ` ${JSON.stringify(value)}`}`,
  );
}

/** The subject of a plan's commit. */
export const subjectOf = ({ plan }: PlannedChanges): string | undefined => plan?.message.split("\n", 1)[0];
