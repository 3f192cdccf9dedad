import { jsonEquals, type JsonValue } from "../core/json.js";
import type { Draft } from "../core/prompt-file/read-draft.js";
import type { FrontMatter, Prompt } from "../core/prompt.js";

/** What a version says about itself, and not to a model or a caller. */
const bookkeeping = ["name", "version", "summary", "changes", "git_commit", "closure"];

/** Says whether a draft says the same as a version, whatever it says about the change. */
export function hasSameContent(prompt: Prompt, draft: Pick<Draft, "frontMatter" | "body">): boolean {
  const content = (frontMatter: FrontMatter): JsonValue =>
    Object.fromEntries(
      Object.entries(frontMatter).filter(([key]) => !bookkeeping.includes(key)),
    ) as JsonValue;
  return (
    prompt.body.trimEnd() === draft.body.trimEnd() &&
    jsonEquals(content(prompt.frontMatter), content(draft.frontMatter))
  );
}
