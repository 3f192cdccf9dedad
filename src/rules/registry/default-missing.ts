import { stateOf } from "../../core/catalog.js";
import { promptsInSight } from "../in-sight.js";
import { rule, type Violation } from "../rule.js";

export default rule({
  id: "registry-default-missing",
  category: "registry",
  severity: "error",
  scope: "static",
  checks: "every prompt has a default version",
  why: "A caller that names no alias gets the default; without one it gets an error.",
  wrong: "prompts: { triage: { owner: team-support } }",
  right: 'prompts: { triage: { owner: team-support, default: "1.2.0" } }',
  *check(world): Iterable<Violation> {
    const { catalog } = world;
    if (catalog.stateText.problems.length > 0) return; // what cannot be read is told by registry-invalid
    for (const prompt of promptsInSight(world).values()) {
      const newest = prompt.versions.at(-1)?.version;
      if (newest === undefined || stateOf(catalog, prompt.name).default !== undefined) continue;
      yield {
        message: `\`${prompt.name}\` has ${prompt.versions.length === 1 ? "a version" : `${prompt.versions.length} versions`} and no default`,
        hint: `\`promptsync default set ${prompt.name}@${newest}\``,
        prompt: prompt.name,
        ...catalog.stateText.locate(["prompts", prompt.name], "key"),
      };
    }
  },
});
