import { assertStateReadable, type Catalog } from "../catalog.js";
import { linking } from "./capability.js";
import { PromptDecisions } from "./prompt-decisions.js";
import { kept } from "../kept.js";
import type { Resolution, ResolveRequest } from "./resolution.js";

/**
 * Picks the version a request means in this catalog: the first step that serves a version wins.
 *
 * A canary sends `percent` (0 to 100, two decimals) of keys to its candidate; the same key always gets the same
 * arm. Without a key the baseline is served. A yanked version is passed over, and the trail says so. What does not
 * depend on the request is decided once for a catalog, and kept as long as that; catalogs do not change.
 * @throws PromptSyncError `PROMPT_NOT_FOUND`, `CAPABILITY_NOT_FOUND`, `ALIAS_NOT_FOUND`, `VERSION_NOT_FOUND`,
 * `TARGETING_KEY_MISSING`, `NO_VERSION`, `STATE_INVALID`
 */
export function resolve(catalog: Catalog, request: ResolveRequest): Resolution {
  const { promptOf, linkOf } = compiledOf(catalog);
  const { name = "", capability, selector } = request;
  const alias = selector?.kind === "alias" ? selector.alias : request.alias;
  if (capability === undefined) return promptOf(name).for(alias)(request, undefined);
  const linked = linkOf(capability)(request);
  return promptOf(linked.name).for(alias)(request, linked.passed);
}

/** What was compiled of each catalog. */
const compiled = new WeakMap<Catalog, ReturnType<typeof compileCatalog>>();

function compiledOf(catalog: Catalog): ReturnType<typeof compileCatalog> {
  const there = compiled.get(catalog);
  if (there !== undefined) return there;
  const made = compileCatalog(catalog);
  compiled.set(catalog, made);
  return made;
}

function compileCatalog(catalog: Catalog) {
  assertStateReadable(catalog);
  return {
    promptOf: kept((name) => new PromptDecisions(catalog, name)),
    linkOf: kept((capability) => linking(catalog, capability)),
  };
}
