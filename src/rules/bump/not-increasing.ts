import { stateOf } from "../../core/catalog.js";
import { compareVersions, isPrerelease, nextVersion } from "../../core/version.js";
import { rule, type Violation } from "../rule.js";
import { numberOf } from "./added.js";

export default rule({
  id: "bump-not-increasing",
  category: "bump",
  severity: "error",
  scope: "base",
  checks: "a new number is above all merged ones, or in a maintained line",
  why: "A number below the newest would be the newest of its line without anybody having decided that there is one.",
  wrong: "1.2.4 while main has 1.3.0",
  right: '1.3.1, or `maintained: ["1.2"]` in promptsync.yaml',
  *checkPrompts({ base, catalog }): Iterable<Violation> {
    for (const { status, name, version, after } of base?.changes ?? []) {
      if (base === undefined || status !== "added" || after === undefined || isPrerelease(version)) continue;
      const merged = base.catalog.prompts.get(name)?.versions.map((it) => it.version) ?? [];
      const max = merged.findLast((it) => !isPrerelease(it));
      if (max === undefined || merged.includes(version) || compareVersions(version, max) > 0) continue;
      const [major = "", minor = ""] = version.split(".");
      const lines = stateOf(catalog, name).maintained ?? [];
      if (lines.some((line) => line === major || line === `${major}.${minor}`)) continue;
      yield {
        message: `${version} was added, but ${max} is newest and no ${major}.${minor} line is maintained`,
        hint: `use ${nextVersion(max, "patch")}, or declare \`maintained: ["${major}.${minor}"]\` for ${name}`,
        ...numberOf(after),
        data: { max },
      };
    }
  },
});
