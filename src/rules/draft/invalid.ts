import type { Catalog } from "../../core/catalog.js";
import { isPromptSyncError } from "../../core/errors.js";
import type { Problem } from "../../core/finding.js";
import { parseReference } from "../../core/reference.js";
import { resolve } from "../../core/resolve/resolve.js";
import { aboutVersions } from "../about-versions.js";
import { rule, type DraftToJudge, type VersionFile, type Violation, type World } from "../rule.js";

export default rule({
  id: "draft-invalid",
  category: "draft",
  severity: "warning",
  scope: "static",
  checks: "every draft could be pushed as it stands",
  why: "Whoever pushes next should not have to mend what somebody else left; a draft is the last text that can be.",
  wrong: "prompts/welcome.md, which prints {{ custmer }}",
  right: "prompts/welcome.md, which prints {{ customer }}",
  *check(world): Iterable<Violation> {
    const seen = new Map<string, string>();
    for (const draft of world.drafts ?? []) {
      const { name, file } = draft;
      const other = seen.get(name);
      seen.set(name, file);
      const problems = other === undefined ? problemsOf(world, draft) : [twice(name, other)];
      for (const { message, hint, line, column, rule: why } of problems)
        yield { message, hint, file, prompt: name, line, column, data: { pointer: `${file} ${why}` } };
    }
  },
});

/** What would be wrong with the version that the draft becomes. */
function problemsOf(world: World, draft: DraftToJudge): readonly Problem[] {
  const { name, file, bodyLine } = draft;
  if (draft.draft === undefined) return draft.problems;
  const { frontMatter, body, version = "0.0.0" } = draft.draft;
  const version_: VersionFile = {
    name,
    version,
    path: file,
    text: body,
    prompt: { name, version, frontMatter, body },
    problems: [],
    bodyLine,
    locate: () => ({ line: 1, column: 1 }),
  };
  const own: World = { ...world, versions: [version_] };
  return aboutVersions.flatMap((rule) => {
    if (rule.severity !== "error") return [];
    const found = [...(rule.checkPrompts?.(own) ?? [])].filter(
      (it) => it.file === file && !(rule.id === floating && isPinnedByPush(world.catalog, it.data)),
    );
    return found.map((it) => ({ ...it, rule: rule.id, column: draft.hasOwnColumns ? it.column : 1 }));
  });
}

const floating = "template-include-floating";

/** A draft may float: `push` names the version that the include means then. */
function isPinnedByPush(catalog: Catalog, data: Violation["data"]): boolean {
  try {
    resolve(catalog, { ...parseReference(String(data?.["target"])), respectCanary: false });
    return true;
  } catch (error) {
    if (isPromptSyncError(error)) return false;
    throw error;
  }
}

function twice(name: string, other: string): Problem {
  const message = `\`${name}\` has a draft in \`${other}\` too`;
  return { rule: "twice", message, hint: "keep one of them", line: 1, column: 1 };
}
