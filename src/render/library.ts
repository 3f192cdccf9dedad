import { PromptSyncError } from "../core/errors.js";
import { digestOf } from "../core/prompt-file/digest-of.js";
import type { Prompt } from "../core/prompt.js";
import { closureDigest, includesOf, templatesOf, type IncludedVersion } from "./includes.js";

/** A version that others may include: its stored text, and what it holds when it can be used. */
export interface IncludableVersion {
  readonly text: string;
  readonly prompt: Prompt | undefined;
}

/** The versions that some prompts include, read. */
export interface Library {
  /** The template of an included version by its reference, `tone@1.0.0`; null when there is none. */
  readonly load: (name: string) => string | null;
  /** The digest of all that a prompt includes; undefined when it includes nothing. */
  readonly closure: (prompt: Pick<Prompt, "body" | "frontMatter">) => string | undefined;
}

/** How many includes may stand inside each other. */
const maxDepth = 20;

/**
 * Reads everything that the prompts include by exact version, level by level. `read` gets references such as
 * `tone@1.0.0`, each once, and leaves out what does not exist; it is not called when nothing is included.
 */
export async function readLibrary(
  prompts: readonly Pick<Prompt, "body" | "frontMatter">[],
  read: (ids: readonly string[]) => Promise<ReadonlyMap<string, IncludableVersion>>,
): Promise<Library> {
  const known = new Map<string, IncludableVersion>();
  let level = namesIn(prompts.flatMap(templatesOf));
  for (let depth = 0; level.length > 0 && depth <= maxDepth; depth++) {
    const wanted = level.filter((name) => !known.has(name));
    if (wanted.length === 0) break;
    const found = await read(wanted);
    for (const [id, version] of found) known.set(id, version);
    const versions = [...found.values()];
    level = namesIn(versions.flatMap(({ prompt }) => (prompt === undefined ? [] : templatesOf(prompt))));
  }
  const included = (templates: readonly string[], seen: Set<string>): IncludedVersion[] =>
    namesIn(templates).flatMap((id) => {
      const version = known.get(id);
      if (version?.prompt === undefined || seen.has(id)) return [];
      seen.add(id);
      return [{ id, digest: digestOf(version.text) }, ...included(templatesOf(version.prompt), seen)];
    });
  return {
    load: (name) => known.get(name)?.prompt?.body ?? null,
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
