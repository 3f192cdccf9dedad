import type { Catalog } from "../catalog.js";
import { PromptSyncError } from "../errors.js";
import { defaultScopes } from "./steps/override.js";

/**
 * Refuses a scope that the project does not have: nothing could ever be found in it.
 * @throws PromptSyncError `USAGE`
 */
export function requireScope({ state }: Catalog, scope: string): void {
  const scopes = state.project?.scopes ?? defaultScopes;
  if (scopes.includes(scope)) return;
  throw new PromptSyncError("USAGE", `\`${scope}\` is no scope of this project`, {
    hint: `it has ${scopes.join(", ")}; \`project.scopes\` in promptsync.yaml lists others`,
  });
}
