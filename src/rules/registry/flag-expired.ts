import { usualPeriods } from "../../core/config.js";
import { dayAfter, daysBetween, inDays } from "../../core/day.js";
import { rule, type Violation } from "../rule.js";
import { entryAt } from "./entry.js";

export default rule({
  id: "registry-flag-expired",
  category: "registry",
  severity: "warning",
  scope: "date",
  checks: `no flag is past its \`expires\`; more than ${usualPeriods.grace} days past it (\`periods.grace\`) is an error`,
  why: "A flag is a question; one that nobody answers stays in the way of everybody who reads the rollout.",
  wrong: "flags: { new-tone: { expires: 2026-01-31 } }   # in March",
  right: "promptsync flag remove new-tone, or a new `expires`",
  *check(world): Iterable<Violation> {
    const { grace } = world.periods ?? usualPeriods;
    for (const [flag, { expires }] of Object.entries(world.catalog.state.flags ?? {})) {
      const days = daysBetween(expires, world.today);
      if (days <= 0) continue;
      const graceEnds = dayAfter(expires, grace);
      const { data, ...place } = entryAt(world, ["flags", flag, "expires"]);
      yield {
        message: `flag ${flag} expired ${inDays(days)} ago`,
        hint: "promote what it serves, remove it, or give it a later `expires`",
        severity: days > grace ? "error" : "warning",
        ...place,
        data: { ...data, expires, graceEnds },
      };
    }
  },
});
