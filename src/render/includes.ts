import { createHash } from "node:crypto";
import { PromptSyncError } from "../core/errors.js";
import type { Prompt } from "../core/prompt.js";
import { parseTemplate } from "../template/index.js";

/** A template that another one names, and where. */
export interface Include {
  /** As written; null when the name is computed. */
  readonly name: string | null;
  readonly line: number;
  readonly column: number;
  /** Whether the render goes on without it: `ignore missing`, or one of a list. */
  readonly optional: boolean;
}

const includeTag = /\{%[-+]?\s*(include|import|from|extends)\b/;

/** Says whether a text may name other templates: parsing is not free, and few prompts include others. */
export function mayInclude(text: string): boolean {
  return includeTag.test(text);
}

/** The templates of a prompt: its body and its variants. */
export function templatesOf({ body, frontMatter }: Pick<Prompt, "body" | "frontMatter">): readonly string[] {
  return [body, ...(frontMatter.variants ?? []).map(({ content }) => content)];
}

/**
 * The templates that a template names itself, in the order they stand.
 * @throws PromptSyncError `TEMPLATE_SYNTAX`, `TEMPLATE_LIMIT`
 */
export function includesOf(source: string): readonly Include[] {
  return mayInclude(source) ? parseTemplate(source).references : [];
}

/**
 * The source with every include replaced by what `pin` says of it.
 * @throws PromptSyncError `TEMPLATE_INCLUDE` for a name that is computed: what a version includes is fixed
 */
export function pinIncludes(
  source: string,
  pin: (include: Include & { readonly name: string }) => string,
): string {
  const lines = source.split("\n");
  for (const include of [...includesOf(source)].reverse()) {
    const { name, line, column } = include;
    if (name === null) {
      throw new PromptSyncError("TEMPLATE_INCLUDE", "an included prompt must be named by a text", {
        hint: 'write the reference itself: `{% include "tone@1.0.0" %}`',
        line,
        column,
      });
    }
    const text = lines[line - 1] ?? "";
    const at = column; // behind the opening quote
    lines[line - 1] = `${text.slice(0, at)}${pin({ ...include, name })}${text.slice(at + name.length)}`;
  }
  return lines.join("\n");
}

/** A version that is included somewhere, straight or through others. */
export interface IncludedVersion {
  /** `tone@1.0.0` */
  readonly id: string;
  /** `sha256:…` of its stored text. */
  readonly digest: string;
}

/** The digest of everything a version includes: it changes when anything in there does. */
export function closureDigest(included: readonly IncludedVersion[]): string | undefined {
  if (included.length === 0) return undefined;
  const lines = [...new Set(included.map(({ id, digest }) => `${id} ${digest}\n`))].sort();
  return `sha256:${createHash("sha256").update(lines.join(""), "utf8").digest("hex")}`;
}
