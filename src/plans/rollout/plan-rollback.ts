import { assertStateReadable, stateOf, type Catalog } from "../../core/catalog.js";
import type { StateEdit } from "../../core/plan.js";
import { entryOf } from "../../core/state/state.js";
import type { Words } from "../commit-message.js";
import { pin } from "../pin-references.js";
import { aboutChanges, planChanges, type PlannedChanges, type StateChange } from "../state-change.js";

/** What a rollback asks for: the alias, and the versions it goes back to by prompt. */
export interface RollbackRequest extends Words {
  readonly alias: string;
  readonly targets: ReadonlyMap<string, string>;
}

/**
 * Plans to serve again what was served before, to everybody: canaries end. Gates are not asked, because the
 * versions passed them when they were new, and a rollback has to be possible when everything else is down.
 * @throws PromptSyncError `VERSION_NOT_FOUND`, `NO_VERSION` when a version was yanked since
 */
export function planRollback(
  catalog: Catalog,
  { alias, targets, ...words }: RollbackRequest,
): PlannedChanges {
  assertStateReadable(catalog);
  const changes: StateChange[] = [];
  const edits: StateEdit[] = [];
  for (const [prompt, to] of targets) {
    const { serve = null, canary } = entryOf(stateOf(catalog, prompt).aliases, alias) ?? {};
    if (serve === to && canary === undefined) continue;
    pin(catalog, { name: prompt, selector: { kind: "version", version: to } });
    const from = serve === to ? (canary?.serve ?? null) : serve;
    const path = ["prompts", prompt, "aliases", alias];
    changes.push({ action: "rollback", prompt, alias, from, to });
    edits.push({ path: [...path, "serve"], value: to }, { path: [...path, "canary"] });
  }
  return planChanges(
    catalog,
    { subject: `rollback ${alias} ${aboutChanges(changes)}`, changes, edits },
    words,
  );
}
