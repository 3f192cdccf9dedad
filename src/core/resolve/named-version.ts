import type { Catalog } from "../catalog.js";
import { findPrompt } from "../catalog.js";
import type { Reference } from "../reference.js";
import { resolve } from "./resolve.js";
import { Subject } from "./subject.js";

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
    const { version } = selector;
    const subject = new Subject(catalog, findPrompt(catalog, name), undefined);
    if (!subject.has(version)) throw subject.unknownVersion(version);
    return { name, version };
  }
  const isPinned = selector.kind === "range" || selector.kind === "latest";
  const asked = { name, selector, respectCanary: false };
  const { version, name: found } = resolve(isPinned ? withoutEmergencies(catalog) : catalog, asked);
  return { name: found, version };
}

/** The catalog as if no emergency were open. */
export function withoutEmergencies(catalog: Catalog): Catalog {
  return { ...catalog, state: { ...catalog.state, emergencies: {} } };
}
