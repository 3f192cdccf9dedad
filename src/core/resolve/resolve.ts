import { assertStateReadable, findPrompt, type Catalog } from "../catalog.js";
import { linkedPrompt } from "./capability.js";
import { Decision, type Step } from "./decision.js";
import type { Resolution, ResolveRequest } from "./resolution.js";
import { servesAlias } from "./steps/alias.js";
import { servesDefault } from "./steps/default.js";
import { servesEmergency } from "./steps/emergency.js";
import { refusesUnknownAlias } from "./steps/known-alias.js";
import { servesOverride } from "./steps/override.js";
import { servesPinned } from "./steps/pinned.js";
import { servesRule } from "./steps/rule.js";
import { servesTenant } from "./steps/tenant.js";

/** What is tried, in this order. */
const steps: readonly Step[] = [
  servesEmergency,
  servesPinned,
  servesOverride,
  refusesUnknownAlias,
  servesTenant,
  servesRule,
  servesAlias,
  servesDefault,
];

/**
 * Picks the version a request means in this catalog: the first step that serves a version wins.
 *
 * A canary sends `percent` (0 to 100, two decimals) of keys to its candidate; the same key always gets the same
 * arm. Without a key the baseline is served. A yanked version is passed over, and the trail says so.
 * @throws PromptSyncError `PROMPT_NOT_FOUND`, `CAPABILITY_NOT_FOUND`, `ALIAS_NOT_FOUND`, `VERSION_NOT_FOUND`,
 * `TARGETING_KEY_MISSING`, `NO_VERSION`, `STATE_INVALID`
 */
export function resolve(catalog: Catalog, request: ResolveRequest): Resolution {
  assertStateReadable(catalog);
  const { name, trail } =
    request.capability === undefined
      ? { name: request.name ?? "", trail: [] }
      : linkedPrompt(catalog, request.capability, request);
  const decision = new Decision(catalog, findPrompt(catalog, name), request, trail);
  for (const step of steps) {
    const served = step(decision);
    if (served !== undefined) return served;
  }
  return decision.nothingLeft();
}
