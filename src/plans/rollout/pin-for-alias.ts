import { stateOf, type Catalog } from "../../core/catalog.js";
import { entryOf } from "../../core/state/state.js";
import { requireAlias, unknownAlias } from "../known-alias.js";
import { pinAll } from "../pin-references.js";

/**
 * The versions that references mean for an alias, by prompt; a bare version means every prompt that has both.
 * @throws PromptSyncError `ALIAS_NOT_FOUND` when the alias, or every prompt of a bare version, lacks it, and what
 * `pinAll` throws
 */
export function pinForAlias(
  catalog: Catalog,
  references: readonly string[],
  alias: string,
): Map<string, string> {
  requireAlias(catalog, alias);
  const hasAlias = (name: string): boolean => entryOf(stateOf(catalog, name).aliases, alias) !== undefined;
  const pinned = pinAll(catalog, references, hasAlias);
  if (pinned.size === 0) throw unknownAlias(catalog, alias);
  return pinned;
}
