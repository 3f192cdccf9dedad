import { rule, type Violation } from "../rule.js";
import { fateOf } from "./moved.js";

export default rule({
  id: "immutable-version-renamed",
  category: "immutable",
  severity: "error",
  scope: "base",
  checks: "a version that is merged keeps its name and number; moving a prompt to another group is fine",
  why: "The number is what aliases, logs and callers hold; under another number the same text is another version.",
  wrong: "git mv 1.1.0.md 1.1.1.md",
  right: "1.1.0.md as it was, and a new file 1.1.1.md",
  *check({ base }): Iterable<Violation> {
    for (const change of base?.changes ?? []) {
      if (base === undefined || change.status !== "deleted") continue;
      const fate = fateOf(change, base);
      if (fate.kind !== "renamed") continue;
      const { label, name, version, path } = change;
      yield {
        message: `${name}@${version} was renamed to \`${fate.path}\``,
        hint: `\`git checkout ${label} -- ${path}\` brings the old path back; keep the new file beside it`,
        file: path,
        prompt: name,
        version,
        line: 1,
        column: 1,
        data: { newPath: fate.path },
      };
    }
  },
});
