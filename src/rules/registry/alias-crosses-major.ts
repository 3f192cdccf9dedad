import type { JsonObject } from "../../core/json.js";
import { armsOf } from "../../core/state/arms.js";
import { entryOf } from "../../core/state/state.js";
import { stepBetween } from "../../core/version.js";
import { brokenCallers, callsOf, type BrokenCaller } from "../code/callers.js";
import { stateInSight } from "../in-sight.js";
import { rule, type Violation, type World } from "../rule.js";
import { aliasMoves } from "./alias-moves.js";
import { entryAt } from "./entry.js";

export default rule({
  id: "registry-alias-crosses-major",
  category: "registry",
  severity: "warning",
  scope: "base",
  checks:
    "a change that moves an alias over a major version is seen as one; an error where scanned code is not ready for it",
  why: "A major version breaks callers; whoever merges the move should know that the code has to be ready.",
  wrong: 'production: { serve: "2.0.0" }   # main has 1.4.0',
  right: 'production: { serve: "1.5.0" }   # or 2.0.0, after the code was checked',
  *check(world): Iterable<Violation> {
    const settings = world.catalog.state.aliases;
    const arms = new Map([...armsOf(stateInSight(world))].map((it) => [it.path.join("/"), it.arm]));
    for (const { prompt, alias, tenant, from, to, path } of aliasMoves(world)) {
      const step = stepBetween(from, to) === "none" ? stepBetween(to, from) : stepBetween(from, to);
      if (step !== "major" || entryOf(settings, alias)?.protected === false) continue;
      const whose = tenant === undefined ? `${prompt}@${alias}` : `${prompt}@${alias} of tenant ${tenant}`;
      const { data, ...place } = entryAt(world, [...path, "serve"]);
      const { checked, callers } = judgeCallers(world, { prompt, alias, version: to });
      const [first] = callers;
      yield {
        message: `${whose} moves ${from} → ${to}${checked}`,
        ...(first === undefined ? {} : { severity: "error" as const }),
        hint:
          first !== undefined
            ? `mend ${first.call} first: it does not pass ${list(first.lacks)}`
            : `\`promptsync diff ${prompt} ${from} ${to}\` says what callers have to do; \`promptsync validate --git-commit HEAD --alias ${alias}\` checks the code`,
        prompt,
        version: arms.get(path.join("/"))?.serve ?? to,
        ...place,
        data: { ...data, from, to, callers },
      };
    }
  },
});

interface Callers {
  /** What the code scan saw, as the end of a sentence. */
  readonly checked: string;
  readonly callers: readonly JsonObject[] & readonly BrokenCaller[];
}

function judgeCallers({ code }: World, move: Parameters<typeof brokenCallers>[1]): Callers {
  if (code === undefined) return { checked: "", callers: [] };
  const calls = callsOf(code, move.prompt, { alias: move.alias }).length;
  const callers = brokenCallers(code, move).map(({ call, lacks }) => ({ call, lacks }));
  const [first] = callers;
  const seen = `; ${calls} ${calls === 1 ? "call site" : "call sites"} checked`;
  if (first === undefined) return { checked: seen, callers };
  const rest = callers.length === 1 ? `lacks ${list(first.lacks)}` : "lack what it requires";
  return { checked: `${seen}, ${callers.length} ${rest}`, callers };
}

function list(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}
