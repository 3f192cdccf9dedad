import { armsOf } from "../../core/state/arms.js";
import { entryOf } from "../../core/state/state.js";
import { stepBetween } from "../../core/version.js";
import { rule, type Violation } from "../rule.js";
import { aliasMoves } from "./alias-moves.js";
import { entryAt } from "./entry.js";

export default rule({
  id: "registry-alias-crosses-major",
  category: "registry",
  severity: "warning",
  scope: "base",
  checks: "a change that moves an alias over a major version is seen as one",
  why: "A major version breaks callers; whoever merges the move should know that the code has to be ready.",
  wrong: 'production: { serve: "2.0.0" }   # main has 1.4.0',
  right: 'production: { serve: "1.5.0" }   # or 2.0.0, after the code was checked',
  *check(world): Iterable<Violation> {
    const settings = world.catalog.state.aliases;
    const arms = new Map([...armsOf(world.catalog.state)].map((it) => [it.path.join("/"), it.arm]));
    for (const { prompt, alias, tenant, from, to, path } of aliasMoves(world)) {
      const step = stepBetween(from, to) === "none" ? stepBetween(to, from) : stepBetween(from, to);
      if (step !== "major" || entryOf(settings, alias)?.protected === false) continue;
      const whose = tenant === undefined ? `${prompt}@${alias}` : `${prompt}@${alias} of tenant ${tenant}`;
      const { data, ...place } = entryAt(world, [...path, "serve"]);
      yield {
        message: `${whose} moves ${from} → ${to}`,
        hint: `\`promptsync diff ${prompt} ${from} ${to}\` says what callers have to do; \`promptsync validate --git-commit HEAD --alias ${alias}\` checks the code`,
        prompt,
        version: arms.get(path.join("/"))?.serve ?? to,
        ...place,
        data: { ...data, from, to, callers: [] },
      };
    }
  },
});
