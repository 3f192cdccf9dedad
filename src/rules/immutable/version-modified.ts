import { rule, type Violation } from "../rule.js";

export default rule({
  id: "immutable-version-modified",
  category: "immutable",
  severity: "error",
  scope: "base",
  checks: "a version that is merged keeps its bytes",
  why: "What ran last week must be readable today; an edited version makes every log and every review a lie.",
  wrong: "an edit of qualify-lead/1.2.0.md, which main has",
  right: "the old bytes in 1.2.0.md, and the edit in 1.2.1.md",
  *check({ base }): Iterable<Violation> {
    for (const { label, status, name, version, path, before, after } of base?.changes ?? []) {
      if ((status !== "modified" && status !== "retyped") || before?.text === after?.text) continue;
      const line = firstDifference(before?.text ?? "", after?.text ?? "");
      yield {
        message: `${name}@${version} is merged in ${label}; line ${line} differs`,
        hint: `\`git checkout ${label} -- ${path}\`, and put the edit into a new version`,
        file: path,
        prompt: name,
        version,
        line,
        column: 1,
      };
    }
  },
});

function firstDifference(before: string, after: string): number {
  const lines = after.split("\n");
  const at = before.split("\n").findIndex((line, index) => line !== lines[index]);
  return at < 0 ? lines.length : Math.min(at + 1, lines.length);
}
