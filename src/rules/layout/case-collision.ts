import { rule, type Violation } from "../rule.js";

export default rule({
  id: "layout-case-collision",
  category: "layout",
  severity: "error",
  scope: "static",
  checks: "no two paths are equal but for case or Unicode form",
  why: "On macOS and Windows the two are one file, so a checkout there silently loses one of them.",
  wrong: "support/faq/1.0.0.md and support/FAQ/1.0.0.md",
  right: "support/faq/1.0.0.md and support/faq-short/1.0.0.md",
  *check({ catalog }): Iterable<Violation> {
    // Paths of versions are lower-case ASCII below the registry: without another kind no two can collide.
    if (catalog.problems.length === 0) return;
    const seen = new Map<string, string>();
    const paths = catalog.problems.map(({ file }) => file);
    for (const prompt of catalog.prompts.values()) paths.push(...prompt.versions.map(({ path }) => path));
    for (const file of [...new Set(paths)].sort()) {
      const folded = file.normalize("NFC").toLowerCase();
      const other = seen.get(folded);
      seen.set(folded, other ?? file);
      if (other === undefined) continue;
      const message = `\`${other}\` and \`${file}\` differ only in case or Unicode form`;
      yield { message, hint: "rename one of them", file, line: 1, column: 1, data: { other } };
    }
  },
});
