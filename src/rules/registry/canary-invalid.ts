import type { Canary } from "../../core/state/state.js";
import { armsOf } from "../../core/state/arms.js";
import { stateInSight } from "../in-sight.js";
import { rule, type Violation } from "../rule.js";

export default rule({
  id: "registry-canary-invalid",
  category: "registry",
  severity: "error",
  scope: "static",
  checks:
    "a canary has a percentage from 0 to 100 with two decimals, rising steps, a known state and a version of its own",
  why: "A canary that cannot be read as meant sends the wrong share of users to a version on trial.",
  wrong: 'canary: { serve: "2.0.0", percent: 110, state: running }',
  right: 'canary: { serve: "2.0.0", percent: 11, state: running }',
  *check(world): Iterable<Violation> {
    for (const { prompt, arm, path } of armsOf(stateInSight(world))) {
      if (arm.canary === undefined) continue;
      for (const [field, message, hint] of wrongParts(arm.canary, arm.serve)) {
        const place = world.catalog.stateText.locate([...path, "canary", field]);
        yield {
          message,
          hint,
          prompt,
          version: arm.canary.serve,
          ...place,
          data: { percent: arm.canary.percent },
        };
      }
    }
  },
});

function* wrongParts(
  { percent, steps = [], state, serve }: Canary,
  baseline: string,
): Iterable<[string, string, string]> {
  if (!isPercent(percent))
    yield ["percent", `percent ${percent} is not 0 to 100 with at most two decimals`, "set 0 to 100"];
  const falls = steps.some((step, index) => !isPercent(step) || step <= (steps[index - 1] ?? -1));
  if (falls)
    yield [
      "steps",
      `steps ${steps.join(", ")} do not rise from 0 to 100`,
      "write rising percentages, such as 1, 10, 50, 100",
    ];
  if (state !== "running" && state !== "paused")
    yield ["state", `state \`${state}\` is unknown`, "write `running` or `paused`"];
  if (serve === baseline)
    yield ["serve", `the canary serves ${serve}, as its baseline does`, "remove the canary"];
}

function isPercent(percent: number): boolean {
  return percent >= 0 && percent <= 100 && Math.abs(percent * 100 - Math.round(percent * 100)) < 1e-9;
}
