import { stateOf } from "../../core/catalog.js";
import { entryOf } from "../../core/state/state.js";
import { versionsServed } from "../../core/state/versions-served.js";
import { compareVersions } from "../../core/version.js";
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
    const { catalog } = world;
    const served = new Map<string, string>();
    for (const { prompt, version, isServed } of versionsServed(catalog.state)) {
      const newest = served.get(prompt);
      if (isServed && (newest === undefined || compareVersions(version, newest) > 0))
        served.set(prompt, version);
    }
    for (const { name, versions } of catalog.prompts.values()) {
      const newest = served.get(name);
      if (newest === undefined) continue; // registry-default-missing tells
      const { deprecations, yanked } = stateOf(catalog, name);
      const lost = versions
        .map(({ version }) => version)
        .filter((it) => compareVersions(it, newest) > 0)
        .filter((it) => entryOf(deprecations, it) === undefined && entryOf(yanked, it) === undefined);
      if (lost.length === 0) continue;
      const { data, ...place } = entryAt(world, ["prompts", name], "key");
      const last = lost.at(-1) ?? "";
      yield {
        message: `nothing serves ${lost.join(", ")} of ${name}; the newest that is served is ${newest}`,
        hint: `\`promptsync alias set dev ${name}@${last}\` lets an alias serve it`,
        prompt: name,
        ...place,
        data: { ...data, versions: lost },
      };
    }
  },
});
