import { rule, type Violation } from "../rule.js";
import { addedVersions, numberOf } from "./added.js";

export default rule({
  id: "bump-no-change",
  category: "bump",
  severity: "warning",
  scope: "base",
  checks: "a new version differs from the one it follows",
  why: "A number without a change costs everybody a review and says nothing.",
  wrong: "1.2.1 that renders and promises the same as 1.2.0",
  right: "no 1.2.1",
  *checkPrompts(world): Iterable<Violation> {
    for (const { file, before, comparison } of addedVersions(world)) {
      if (comparison.changes.length > 0) continue;
      yield {
        message: `${file.version} says the same as ${before.version}`,
        hint: `delete \`${file.path}\``,
        ...numberOf(file),
        data: { previous: before.version },
      };
    }
  },
});
