import type { Catalog } from "../core/catalog.js";
import { isPromptSyncError, PromptSyncError } from "../core/errors.js";
import type { Draft } from "../core/prompt-file/read-draft.js";
import { parseReference } from "../core/reference.js";
import { resolve } from "../core/resolve/resolve.js";
import { pinIncludes, type Include } from "../render/includes.js";

/**
 * The draft with every include at the exact version that it means now: a draft may float, a version never does.
 * @throws PromptSyncError `TEMPLATE_INCLUDE` with the place in the template
 */
export function pinDraft(catalog: Catalog, name: string, draft: Draft): Draft {
  const pin = (include: Include & { readonly name: string }): string =>
    exactReference(catalog, name, include);
  const body = pinIncludes(draft.body, pin);
  const variants = draft.frontMatter.variants?.map((variant) => ({
    ...variant,
    content: pinIncludes(variant.content, pin),
  }));
  return {
    ...draft,
    body,
    frontMatter: { ...draft.frontMatter, ...(variants === undefined ? {} : { variants }) },
  };
}

function exactReference(
  catalog: Catalog,
  owner: string,
  { name, line, column, optional }: Include & { readonly name: string },
): string {
  try {
    const reference = parseReference(name);
    const found = resolve(catalog, { ...reference, respectCanary: false });
    if (found.name === owner) throw new PromptSyncError("TEMPLATE_INCLUDE", `\`${owner}\` includes itself`);
    return `${found.name}@${found.version}`;
  } catch (error) {
    if (!isPromptSyncError(error)) throw error;
    if (optional && error.code !== "TEMPLATE_INCLUDE") return name;
    const hint = error.hint ?? 'include a version that exists: `{% include "tone@1.0.0" %}`';
    const isMissing = error.code === "PROMPT_NOT_FOUND";
    throw new PromptSyncError("TEMPLATE_INCLUDE", `include "${name}": ${error.message}`, {
      hint: isMissing
        ? `${hint}; a draft of it comes first: \`promptsync push ${parseReference(name).name}\``
        : hint,
      line,
      column,
      cause: error,
    });
  }
}
