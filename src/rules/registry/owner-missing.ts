import { stateOf } from "../../core/catalog.js";
import { entryOf } from "../../core/state/state.js";
import { promptsInSight } from "../in-sight.js";
import { rule, type Violation } from "../rule.js";

export default rule({
  id: "registry-owner-missing",
  category: "registry",
  severity: "warning",
  scope: "static",
  checks: "every prompt has an owner, one of the `owners` when they are listed",
  why: "When an answer is bad at night, somebody has to be asked.",
  wrong: 'prompts: { triage: { default: "1.2.0" } }',
  right: 'prompts: { triage: { owner: team-support, default: "1.2.0" } }',
  *check(world): Iterable<Violation> {
    const { catalog } = world;
    const { state, stateText } = catalog;
    if (stateText.problems.length > 0) return;
    for (const { name } of promptsInSight(world).values()) {
      const { owner } = stateOf(catalog, name);
      const isListed =
        owner !== undefined && (state.owners === undefined || entryOf(state.owners, owner) !== undefined);
      if (isListed) continue;
      const place = stateText.locate(["prompts", name, "owner"]);
      const hint = "name a team or person under `owner:` in promptsync.yaml";
      if (owner === undefined) yield { message: `\`${name}\` has no owner`, hint, prompt: name, ...place };
      else {
        const known = Object.keys(state.owners ?? {}).join(", ");
        yield {
          message: `owner \`${owner}\` is not in owners`,
          hint: `use one of ${known}, or add it`,
          prompt: name,
          ...place,
          data: { owner },
        };
      }
    }
  },
});
