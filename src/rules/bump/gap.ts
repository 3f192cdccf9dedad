import { isPrerelease, nextVersion, stepBetween } from "../../core/version.js";
import { stateOf } from "../../core/catalog.js";
import { entryOf } from "../../core/state/state.js";
import { promptsInSight } from "../in-sight.js";
import { rule, type Violation } from "../rule.js";

export default rule({
  id: "bump-gap",
  category: "bump",
  severity: "warning",
  scope: "static",
  checks: "no number is skipped",
  why: "A gap reads as a version that somebody deleted.",
  wrong: "1.2.0 followed by 1.4.0",
  right: "1.2.0 followed by 1.3.0",
  *check(world): Iterable<Violation> {
    for (const { name, versions } of promptsInSight(world).values()) {
      const releases = versions.filter(({ version }) => !isPrerelease(version));
      const removed = stateOf(world.catalog, name).removed;
      // Numbers that the base has taken since the branch was made are skipped with good reason: `renumber` does.
      const taken = new Set(world.base?.tip.prompts.get(name)?.versions.map(({ version }) => version));
      const isTaken = (number: string): boolean =>
        taken.has(number) || entryOf(removed, number) !== undefined;
      for (const [index, { version, path }] of releases.entries()) {
        const before = releases[index - 1]?.version;
        const step = before === undefined ? "none" : stepBetween(before, version);
        if (before === undefined || step === "none") continue;
        let expected = nextVersion(before, step);
        while (expected !== version && isTaken(expected)) expected = nextVersion(expected, step);
        if (version === expected) continue;
        const message = `${before} is followed by ${version}`;
        yield {
          message,
          hint: `${expected} would be next`,
          file: path,
          prompt: name,
          version,
          line: 1,
          column: 1,
          data: { expected },
        };
      }
    }
  },
});
