import { rule, type Violation } from "../rule.js";
import { changeData } from "../change-data.js";
import { addedVersions, numberOf } from "./added.js";

export default rule({
  id: "bump-undecidable",
  category: "bump",
  severity: "warning",
  scope: "base",
  checks: "every change of a schema can be proven safe or breaking",
  why: "What cannot be proven is judged by hand, and somebody should know that they are the judge.",
  wrong: "a `pattern` replaced by another one",
  right: "the same `pattern`, or a major version",
  *checkPrompts(world): Iterable<Violation> {
    for (const { file, before, comparison } of addedVersions(world)) {
      const open = comparison.changes.filter(({ kind }) => kind.endsWith("-undecidable"));
      if (open.length === 0) continue;
      yield {
        message: `whether ${file.version} is compatible with ${before.version} cannot be proven: ${open[0]?.message ?? ""}`,
        hint: "treat it as major, or check by hand and waive this finding",
        ...numberOf(file),
        data: { changes: open.map(changeData) },
      };
    }
  },
});
