import { unreachableVersions } from "../../core/unreachable-versions.js";
import { promptsInSight, stateInSight } from "../in-sight.js";
import { rule, type Violation } from "../rule.js";
import { entryAt } from "./entry.js";

export default rule({
  id: "registry-version-unreachable",
  category: "registry",
  severity: "info",
  scope: "static",
  checks: "the newest versions of a prompt are served by something",
  why: "A version that was pushed and forgotten looks released to its author, and no user ever sees it.",
  wrong: "1.3.0 was pushed, and every alias, tenant, rule and the default serve 1.2.0 or older",
  right: "promptsync alias set dev triage@1.3.0",
  *check(world): Iterable<Violation> {
    const inSight = { ...world.catalog, prompts: promptsInSight(world), state: stateInSight(world) };
    for (const { prompt, versions, served } of unreachableVersions(inSight)) {
      const { data, ...place } = entryAt(world, ["prompts", prompt], "key");
      const last = versions.at(-1) ?? "";
      yield {
        message: `nothing serves ${versions.join(", ")} of ${prompt}; the newest that is served is ${served}`,
        hint: `\`promptsync alias set dev ${prompt}@${last}\` lets an alias serve it`,
        prompt,
        ...place,
        data: { ...data, versions },
      };
    }
  },
});
