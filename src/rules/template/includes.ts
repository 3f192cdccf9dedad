import type { Catalog } from "../../core/catalog.js";
import { isPromptSyncError } from "../../core/errors.js";
import { parseReference, type Selector } from "../../core/reference.js";

/** What the name of an include asks for. */
export type IncludeTarget =
  | { readonly kind: "exact"; readonly name: string; readonly version: string; readonly exists: boolean }
  /** An alias, a range or no version at all. */
  | { readonly kind: "floating"; readonly name: string; readonly selector: Selector }
  | { readonly kind: "none" };

/** Reads the name of an include: `tone@1.0.0` is the version 1.0.0 of the prompt `tone`. */
export function includeTarget(catalog: Catalog, text: string): IncludeTarget {
  try {
    const { name, selector } = parseReference(text);
    if (selector.kind !== "version") return { kind: "floating", name, selector };
    const versions = catalog.prompts.get(name)?.versions ?? [];
    const exists = versions.some(({ version }) => version === selector.version);
    return { kind: "exact", name, version: selector.version, exists };
  } catch (error) {
    if (!isPromptSyncError(error)) throw error;
    return { kind: "none" };
  }
}
