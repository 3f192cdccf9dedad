import { newestVersion } from "../../core/catalog.js";
import { rule, type Violation } from "../rule.js";
import { bodiesOf } from "./bodies.js";
import { includeTarget } from "./includes.js";
import { at } from "./whose.js";

export default rule({
  id: "template-include-floating",
  category: "template",
  severity: "error",
  scope: "static",
  checks: "every include names an exact version",
  why: "A version is immutable; an include that follows an alias would change what it says without changing it.",
  wrong: '{% include "tone@production" %}',
  right: '{% include "tone@1.0.0" %}',
  *checkPrompts(world): Iterable<Violation> {
    for (const file of world.versions) {
      for (const { references, locate } of bodiesOf(world, file)) {
        for (const reference of references) {
          if (reference.template !== null) continue;
          const { name } = reference;
          if (name === null) {
            const hint = 'write the name itself: `{% include "tone@1.0.0" %}`';
            yield { message: "the name of this include is computed", hint, ...at(file, locate(reference)) };
            continue;
          }
          const target = includeTarget(world.catalog, name);
          if (target.kind !== "floating") continue;
          const prompt = world.catalog.prompts.get(target.name);
          const newest = prompt === undefined ? undefined : newestVersion(prompt)?.version;
          const pinTo = newest === undefined ? undefined : `${target.name}@${newest}`;
          yield {
            message: `include "${name}" is not pinned`,
            hint: pinTo === undefined ? `there is no prompt \`${target.name}\`` : `pin \`${pinTo}\``,
            ...at(file, locate(reference)),
            data: { target: name, ...(pinTo === undefined ? {} : { pinTo }) },
          };
        }
      }
    }
  },
});
