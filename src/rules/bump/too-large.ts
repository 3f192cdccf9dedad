import { bumps } from "../../core/bump.js";
import { isPrerelease, nextVersion, stepBetween } from "../../core/version.js";
import { requiredStep } from "../../compare/index.js";
import { rule, type Violation } from "../rule.js";
import { addedVersions, numberOf } from "./added.js";

export default rule({
  id: "bump-too-large",
  category: "bump",
  severity: "info",
  scope: "base",
  checks: "a major number means that something breaks",
  why: "Callers read a major number as work; without a breaking change they are made to look for nothing.",
  wrong: "1.4.0 → 2.0.0 for a few better words",
  right: "1.4.0 → 1.5.0",
  *checkPrompts(world): Iterable<Violation> {
    for (const { file, before, comparison } of addedVersions(world)) {
      const required = requiredStep(comparison.suggestedBump, before.version);
      const actual = stepBetween(before.version, file.version);
      if (actual !== "major" || required === "major" || required === "none" || isPrerelease(file.version))
        continue;
      if (bumps.indexOf(actual) <= bumps.indexOf(required)) continue;
      yield {
        message: `${file.version} has no breaking change since ${before.version}`,
        hint: `${nextVersion(before.version, required)} would do`,
        ...numberOf(file),
        data: { required },
      };
    }
  },
});
