import type { CallTarget } from "../../core/call-site.js";
import type { Catalog } from "../../core/catalog.js";
import { isPromptSyncError, type PromptSyncError } from "../../core/errors.js";
import type { Selector } from "../../core/reference.js";
import { possibleVersions, type PossibleVersion } from "../../core/resolve/possible-versions.js";
import type { CodeWorld } from "./code-world.js";

const nothingThere = ["PROMPT_NOT_FOUND", "ALIAS_NOT_FOUND", "VERSION_NOT_FOUND", "NO_VERSION"];

/** What a call may be served: versions, or the error that it gets; neither when nobody knows what it asks for. */
export interface Served {
  readonly versions: readonly PossibleVersion[];
  readonly error?: PromptSyncError;
}

/**
 * What a call may be served. What it asks for gives way to `instead` where the prompt has that: a version always, an
 * alias unless the call pins a version.
 */
export function servedTo(catalog: Catalog, { name, selector }: CallTarget, instead?: Selector): Served {
  const isPinned = selector?.kind === "version" || selector?.kind === "range";
  if (instead !== undefined && !(instead.kind === "alias" && isPinned)) {
    const served = ask(catalog, name, instead);
    if (served.error === undefined) return served;
  }
  return selector === undefined ? { versions: [] } : ask(catalog, name, selector);
}

const answers = new WeakMap<Catalog, Map<string, Served>>();

/** Answers from memory where it can: thousands of calls ask for the same few prompts. */
function ask(catalog: Catalog, name: string, selector: Selector): Served {
  const known = answers.get(catalog) ?? new Map<string, Served>();
  answers.set(catalog, known);
  const key = JSON.stringify([name, selector]);
  const answer = known.get(key) ?? find(catalog, name, selector);
  known.set(key, answer);
  return answer;
}

function find(catalog: Catalog, name: string, selector: Selector): Served {
  try {
    return { versions: possibleVersions(catalog, name, selector) };
  } catch (error) {
    if (isPromptSyncError(error) && nothingThere.includes(error.code)) return { versions: [], error };
    throw error;
  }
}

/** The versions of a catalog whose inputs the rules will ask for. */
export function versionsAsked(
  catalog: Catalog,
  { calls, instead }: Pick<CodeWorld, "calls" | "instead">,
): readonly { readonly name: string; readonly version: string }[] {
  const asked = new Map<string, { name: string; version: string }>();
  for (const { targets } of calls) {
    for (const target of targets) {
      for (const { version } of servedTo(catalog, target, instead).versions)
        asked.set(`${target.name}@${version}`, { name: target.name, version });
    }
  }
  return [...asked.values()];
}
