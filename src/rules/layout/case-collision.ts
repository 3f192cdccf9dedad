import type { Catalog } from "../../core/catalog.js";
import { placeFile } from "../../core/layout.js";
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
  *check({ catalog, changedFiles }): Iterable<Violation> {
    // Below the registry, paths of versions are lower-case ASCII: one of two that collide is no version.
    const wrong = catalog.problems.map(({ file }) => file);
    const versions = wrong.flatMap((file) => versionAt(catalog, folded(catalog, file)) ?? []);
    const seen = new Map<string, string>();
    for (const file of [...new Set([...wrong, ...versions])].sort()) {
      const one = folded(catalog, file);
      const other = seen.get(one);
      seen.set(one, other ?? file);
      if (other === undefined) continue;
      if (changedFiles?.has(file) === false && !changedFiles.has(other)) continue;
      const message = `\`${other}\` and \`${file}\` differ only in case or Unicode form`;
      yield { message, hint: "rename one of them", file, line: 1, column: 1, data: { other } };
    }
  },
});

/** A path as a file system has it that ignores case and Unicode form. */
function folded({ registry }: Catalog, file: string): string {
  return `${registry}${file.slice(registry.length).normalize("NFC").toLowerCase()}`;
}

/** The path itself when a version stands there. */
function versionAt({ registry, prompts }: Catalog, path: string): string | undefined {
  const place = placeFile({ path: path.slice(registry.length + 1), mode: "file" });
  const prompt = place.kind === "version" ? prompts.get(place.name) : undefined;
  return prompt?.versions.find((it) => it.path === path)?.path;
}
