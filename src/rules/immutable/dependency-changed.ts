import { rule, type Violation } from "../rule.js";
import { fateOf } from "./moved.js";

export default rule({
  id: "immutable-dependency-changed",
  category: "immutable",
  severity: "error",
  scope: "base",
  checks: "a version that merged versions include keeps its bytes and its name",
  why: "Every version that includes it says something else from then on, under its old number.",
  wrong: "an edit of tone/1.0.0.md, which 14 merged versions include",
  right: "tone/1.0.0.md as it was, and tone/1.0.1.md for the versions to come",
  *check({ base }): Iterable<Violation> {
    for (const change of base?.changes ?? []) {
      const { status, name, version, path, before, after } = change;
      if (base === undefined || status === "added" || before?.text === after?.text) continue;
      if (status === "deleted" && fateOf(change, base).kind === "regrouped") continue;
      const usedBy = base.users?.get(`${name}@${version}`) ?? [];
      if (usedBy.length === 0) continue;
      const what = status === "deleted" ? "is gone" : "changed";
      const who =
        usedBy.length === 1 ? "a merged version includes" : `${usedBy.length} merged versions include`;
      yield {
        message: `${name}@${version} ${what}; ${who} it`,
        hint: `restore it, add the next version of ${name}, and pin that in new versions`,
        file: path,
        prompt: name,
        version,
        line: 1,
        column: 1,
        data: { dependency: `${name}@${version}`, usedBy },
      };
    }
  },
});
