import { stateOf } from "../../core/catalog.js";
import { entryOf, type Deprecation } from "../../core/state/state.js";
import { versionsServed } from "../../core/state/versions-served.js";
import { daysBetween, inDays } from "../../core/day.js";
import { stateInSight } from "../in-sight.js";
import { rule, type Violation, type World } from "../rule.js";
import { bodiesOf } from "../template/bodies.js";
import { includeTarget } from "../template/includes.js";
import { at } from "../template/whose.js";
import { entryAt } from "./entry.js";

export default rule({
  id: "registry-deprecated-in-use",
  category: "registry",
  severity: "warning",
  scope: "date",
  checks:
    "no alias, default, rule, tenant or include serves a deprecated version; after its deadline that is an error",
  why: "The deadline is when the version may be removed; whoever is served it then gets nothing.",
  wrong: 'production: { serve: "1.0.0" }   # deprecated, deadline in 20 days',
  right: 'production: { serve: "1.3.0" }   # its replacement',
  *check(world): Iterable<Violation> {
    for (const { prompt, version, path, isServed } of versionsServed(stateInSight(world))) {
      const deprecation = entryOf(stateOf(world.catalog, prompt).deprecations, version);
      if (!isServed || deprecation === undefined) continue;
      const label = path[0] === "prompts" ? path.slice(2, -1).join(".") || "default" : path.join(".");
      const { data, ...place } = entryAt(world, path);
      const found = violation(world, `\`${label}\` of ${prompt} serves ${version}`, deprecation);
      yield { ...found, prompt, version, ...place, data: { ...data, ...found.data } };
    }
  },
  *checkPrompts(world): Iterable<Violation> {
    for (const file of world.versions) {
      for (const { references, locate } of bodiesOf(world, file)) {
        for (const reference of references) {
          const target = includeTarget(world.catalog, reference.name ?? "");
          if (target.kind !== "exact" || reference.template !== null) continue;
          const deprecation = entryOf(stateOf(world.catalog, target.name).deprecations, target.version);
          if (deprecation === undefined) continue;
          const found = violation(world, `${reference.name ?? ""} is included`, deprecation);
          yield { ...found, ...at(file, locate(reference)), data: { target: reference.name, ...found.data } };
        }
      }
    }
  },
});

function violation({ today }: World, what: string, { deprecated, deadline, replacement }: Deprecation) {
  const left = deadline === undefined ? undefined : daysBetween(today, deadline);
  const since = deprecated === undefined ? "deprecated" : `deprecated ${deprecated.slice(0, 10)}`;
  const until =
    left === undefined
      ? ""
      : left < 0
        ? `, its deadline passed ${inDays(-left)} ago`
        : `, its deadline is in ${inDays(left)}`;
  return {
    message: `${what}, ${since}${until}`,
    hint: replacement === undefined ? "move to a version that is not deprecated" : `move to ${replacement}`,
    severity: left !== undefined && left < 0 ? ("error" as const) : ("warning" as const),
    data: {
      ...(deprecated === undefined ? {} : { since: deprecated }),
      ...(deadline === undefined ? {} : { sunset: deadline }),
      ...(replacement === undefined ? {} : { replacedBy: replacement }),
    },
  };
}
