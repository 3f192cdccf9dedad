import { bumps } from "../../core/bump.js";
import { isPrerelease, nextVersion, stepBetween } from "../../core/version.js";
import { requiredStep } from "../../compare/index.js";
import { rule, type Violation } from "../rule.js";
import { changeData } from "../change-data.js";
import { addedVersions, numberOf } from "./added.js";

export default rule({
  id: "bump-too-small",
  category: "bump",
  severity: "error",
  scope: "base",
  checks: "the number grows by what the change means for callers and readers",
  why: "Ranges and reviewers trust the number: a patch that drops a variable breaks the callers who trusted it.",
  wrong: "1.2.0 → 1.2.1, which removes input `locale`",
  right: "1.2.0 → 2.0.0, which removes input `locale`",
  *checkPrompts(world): Iterable<Violation> {
    for (const { file, before, comparison } of addedVersions(world)) {
      if (isPrerelease(file.version)) continue;
      const actual = stepBetween(before.version, file.version);
      const required = requiredStep(comparison.requiredBump, before.version);
      if (required === "none" || bumps.indexOf(actual) >= bumps.indexOf(required)) continue;
      const culprits = comparison.changes.filter(({ bump }) => bump === comparison.requiredBump);
      const enough = nextVersion(before.version, required);
      yield {
        message: `${before.version} → ${file.version} is ${actual}; ${culprits[0]?.message ?? "the change"}, which needs ${required}`,
        hint: `rename the file to ${enough}.md and set \`version: "${enough}"\``,
        ...numberOf(file),
        data: {
          previous: before.version,
          actual,
          required,
          changes: comparison.changes.map(changeData),
        },
      };
    }
  },
});
