import { stateOf } from "../../core/catalog.js";
import { entryOf, type Yanked } from "../../core/state/state.js";
import { entryLabel } from "../../core/state/versions-served.js";
import { yankedInUse } from "../../core/yanked-in-use.js";
import { stateInSight } from "../in-sight.js";
import { rule, type Violation } from "../rule.js";
import { bodiesOf } from "../template/bodies.js";
import { includeTarget } from "../template/includes.js";
import { at } from "../template/whose.js";
import { entryAt } from "./entry.js";

export default rule({
  id: "registry-yanked-in-use",
  category: "registry",
  severity: "error",
  scope: "static",
  checks:
    "no alias, default, rule, tenant or include serves a yanked version; a warning where another version is served instead",
  why: "A yanked version is passed over: callers get another one than the entry says, or an error.",
  wrong: 'production: { serve: "1.0.1" }   # yanked',
  right: 'production: { serve: "1.0.2" }',
  *check(world): Iterable<Violation> {
    const { catalog } = world;
    for (const { prompt, version, path, yanked, instead } of yankedInUse(catalog, stateInSight(world))) {
      const served = instead === null ? "nothing is left to serve" : `${instead} is served instead`;
      const { data, ...place } = entryAt(world, path);
      yield {
        message: `\`${entryLabel(path)}\` names ${version}, which is yanked${whyOf(yanked)}: ${served}`,
        hint: "move it to a version that is not yanked",
        severity: instead === null ? "error" : "warning",
        prompt,
        version,
        ...place,
        data: { ...data, instead },
      };
    }
  },
  *checkPrompts(world): Iterable<Violation> {
    for (const file of world.versions) {
      for (const { references, locate } of bodiesOf(world, file)) {
        for (const reference of references) {
          const id = reference.name ?? "";
          const target = includeTarget(world.catalog, id);
          if (target.kind !== "exact" || reference.template !== null) continue;
          const yanked = entryOf(stateOf(world.catalog, target.name).yanked, target.version);
          if (yanked === undefined) continue;
          yield {
            message: `${id} is included, and yanked${whyOf(yanked)}`,
            hint: "include a version that is not yanked",
            ...at(file, locate(reference)),
            data: { target: id },
          };
        }
      }
    }
  },
});

const whyOf = ({ reason }: Yanked): string => (reason === undefined ? "" : ` (${reason})`);
