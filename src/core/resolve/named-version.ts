import type { Catalog } from "../catalog.js";
import { findPrompt } from "../catalog.js";
import type { Reference } from "../reference.js";
import { emptyState } from "../state/state.js";
import { Decision } from "./decision.js";
import { resolve } from "./resolve.js";

/** A version of a prompt. */
export interface NamedVersion {
  readonly name: string;
  readonly version: string;
}

/**
 * The version that a reference names, for those who look at it and serve nobody: a number or a range means the same
 * while an emergency is open, and a number also when it is yanked. An alias means what it serves, canaries aside.
 * @throws PromptSyncError what `resolve` throws
 */
export function namedVersion(catalog: Catalog, { name, selector }: Reference): NamedVersion {
  if (selector.kind === "version") {
    const prompt = findPrompt(catalog, name);
    new Decision(catalog, prompt, {}).requireVersion(selector.version);
    return { name: prompt.name, version: selector.version };
  }
  const isPinned = selector.kind === "range" || selector.kind === "latest";
  const asked = { name, selector, respectCanary: false };
  const { version, name: found } = resolve(isPinned ? withoutEmergencies(catalog) : catalog, asked);
  return { name: found, version };
}

/** The catalog as if no emergency were open. */
export function withoutEmergencies(catalog: Catalog): Catalog {
  return { ...catalog, state: { ...catalog.state, emergencies: emptyState.emergencies ?? {} } };
}
