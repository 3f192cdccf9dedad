import { compareVersions } from "../../core/version.js";
import { foundInVersions, rule, type Violation } from "../rule.js";

const id = "schema-field-missing";

export default rule({
  id,
  category: "schema",
  severity: "error",
  scope: "static",
  checks: "required keys are there; `summary` from the second version on",
  why: "The summary is what a person reads when they decide whether to move production to a version.",
  wrong: 'version: "1.1.0"   # and no summary',
  right: 'version: "1.1.0"\nsummary: Asks for the budget before the timeline',
  *checkPrompts(world): Iterable<Violation> {
    yield* foundInVersions(id, world);
    for (const file of world.versions) {
      const first = world.catalog.prompts.get(file.name)?.versions[0]?.version;
      const isFirst = first === undefined || compareVersions(file.version, first) <= 0;
      if (isFirst || file.prompt === undefined || file.prompt.frontMatter.summary !== undefined) continue;
      yield {
        message: "`summary` is missing; it is required from the second version on",
        hint: "say what changed: `summary: …`",
        file: file.path,
        prompt: file.name,
        version: file.version,
        ...file.locate(["version"], "key"),
        data: { field: "summary" },
      };
    }
  },
});
