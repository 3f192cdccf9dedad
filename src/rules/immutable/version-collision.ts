import { rule, type Violation } from "../rule.js";

export default rule({
  id: "immutable-version-collision",
  category: "immutable",
  severity: "error",
  scope: "base",
  checks: "a new version's number was not taken on the base meanwhile",
  why: "Two branches may choose the same next number; the second to merge would overwrite the first.",
  wrong: "1.3.0.md here, and another 1.3.0.md on main",
  right: "1.4.0.md here",
  *check({ base }): Iterable<Violation> {
    if (base === undefined || base.tip === base.catalog) return;
    for (const { status, name, version, path, after } of base.changes) {
      const taken = base.tip.prompts.get(name)?.versions.find((it) => it.version === version);
      if (status !== "added" || taken === undefined || after === undefined) continue;
      if (base.isSameBlob(taken.blob, after.text)) continue;
      yield {
        message: `${base.label} already has ${name}@${version}, with other content`,
        hint: "`promptsync renumber` gives yours the next free number",
        file: path,
        prompt: name,
        version,
        line: 1,
        column: 1,
        data: { baseTipBlob: taken.blob },
      };
    }
  },
});
