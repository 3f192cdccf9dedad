import { stepBetween } from "../../core/version.js";
import { rule, type Violation } from "../rule.js";
import { addedVersions, numberOf } from "./added.js";

export default rule({
  id: "bump-major-undocumented",
  category: "bump",
  severity: "warning",
  scope: "base",
  checks: "a major version tells callers what to do",
  why: "Somebody has to change code before they can move; the version is where they look.",
  wrong: 'version: "2.0.0"   # removes input `locale`, says nothing',
  right: 'version: "2.0.0"\nchanges: Pass `language` instead of `locale`.',
  *checkPrompts(world): Iterable<Violation> {
    for (const { file, before, after, comparison } of addedVersions(world)) {
      if (stepBetween(before.version, file.version) !== "major" || comparison.requiredBump !== "major")
        continue;
      if (after.frontMatter.changes !== undefined) continue;
      const [worst] = comparison.changes.filter(({ bump }) => bump === "major");
      yield {
        message: `${file.version} breaks callers (${worst?.message ?? "see the diff"}) and says nothing to them`,
        hint: "add `changes:` with what they have to do",
        ...numberOf(file),
      };
    }
  },
});
