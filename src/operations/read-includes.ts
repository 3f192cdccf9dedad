import { pinnedVersion, type Catalog } from "../core/catalog.js";
import { PromptSyncError } from "../core/errors.js";
import { digestOf } from "../core/prompt-file/digest-of.js";
import type { Prompt } from "../core/prompt.js";
import { closureDigest, includesOf, templatesOf, type IncludedVersion } from "../render/includes.js";
import type { ReadVersion } from "../store/read-catalog.js";
import type { Workspace } from "../store/workspace.js";

/** The versions that some prompts include, read. */
export interface Library {
  /** The template of an included version by its reference, `tone@1.0.0`; null when there is none. */
  readonly load: (name: string) => string | null;
  /** The digest of all that a prompt includes; undefined when it includes nothing. */
  readonly closure: (prompt: Pick<Prompt, "body" | "frontMatter">) => string | undefined;
}

/** How many includes may stand inside each other. */
const maxDepth = 20;

/** Reads everything that the prompts include by exact version, level by level. No process when they include nothing. */
export async function readIncludes(
  workspace: Workspace,
  catalog: Catalog,
  prompts: readonly Pick<Prompt, "body" | "frontMatter">[],
): Promise<Library> {
  const read = new Map<string, ReadVersion>();
  let level = namesIn(prompts.flatMap(templatesOf));
  for (let depth = 0; level.length > 0 && depth <= maxDepth; depth++) {
    const wanted = level
      .filter((name) => !read.has(name))
      .flatMap((name) => pinnedVersion(catalog, name) ?? []);
    const texts = await workspace.readVersions(wanted);
    for (const text of texts) read.set(`${text.name}@${text.version}`, text);
    level = namesIn(texts.flatMap(({ prompt }) => (prompt === undefined ? [] : templatesOf(prompt))));
  }
  const included = (templates: readonly string[], seen: Set<string>): IncludedVersion[] =>
    namesIn(templates).flatMap((id) => {
      const version = read.get(id);
      if (version?.prompt === undefined || seen.has(id)) return [];
      seen.add(id);
      return [{ id, digest: digestOf(version.text) }, ...included(templatesOf(version.prompt), seen)];
    });
  return {
    load: (name) => read.get(name)?.prompt?.body ?? null,
    closure: (prompt) => closureDigest(included(templatesOf(prompt), new Set())),
  };
}

/**
 * Throws when what a version includes is not what it included when it was pushed.
 * @throws PromptSyncError `TEMPLATE_INCLUDE`
 */
export function assertClosure({ name, version, ...prompt }: Prompt, library: Library): void {
  const { closure } = prompt.frontMatter;
  if (closure === undefined || closure === library.closure(prompt)) return;
  throw new PromptSyncError(
    "TEMPLATE_INCLUDE",
    `\`${name}@${version}\` does not include what it was pushed with`,
    {
      hint: "a version that it includes was changed or removed: `promptsync validate` names it",
    },
  );
}

function namesIn(templates: readonly string[]): string[] {
  return [...new Set(templates.flatMap((source) => includesOf(source).flatMap(({ name }) => name ?? [])))];
}
