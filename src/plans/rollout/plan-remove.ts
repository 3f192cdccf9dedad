import { assertStateReadable, stateOf, type Catalog } from "../../core/catalog.js";
import { dayOf, daysBetween } from "../../core/day.js";
import { PromptSyncError } from "../../core/errors.js";
import { entryOf, type Deprecation } from "../../core/state/state.js";
import type { Words } from "../commit-message.js";
import { planChanges, type PlannedChanges } from "../state-change.js";
import { entriesNaming, exactVersion, type ExactVersion } from "./exact-version.js";

/** What `remove` asks for. */
export interface RemoveRequest extends Words {
  readonly ref: string;
}

/**
 * Plans to delete a version whose time is over. A tombstone stays, so that the number is never used again.
 * @throws PromptSyncError `REMOVAL_TOO_EARLY`, `VERSION_IN_USE`, `VERSION_NOT_FOUND`, `REFERENCE_INVALID`
 */
export function planRemove(catalog: Catalog, request: RemoveRequest, now: Date): PlannedChanges {
  assertStateReadable(catalog);
  const target = exactVersion(catalog, request.ref);
  const { name: prompt, version, path: file } = target;
  const { reason, replacement } = dueDeprecation(catalog, target, now);
  const block = ["prompts", prompt];
  const own = ["deprecations", "yanked"].map((section) => [...block, section, version]);
  refuseUsed(catalog, target, own);
  const tombstone = {
    on: dayOf(now),
    ...(reason === undefined ? {} : { reason }),
    ...(replacement === undefined ? {} : { replacement }),
  };
  const draft = {
    subject: `remove ${prompt}@${version}`,
    changes: [{ action: "remove", prompt, alias: null, from: version, to: null, version }],
    edits: [...own.map((path) => ({ path })), { path: [...block, "removed", version], value: tombstone }],
    files: [{ kind: "delete" as const, path: file }],
  };
  return planChanges(catalog, draft, request);
}

function dueDeprecation(catalog: Catalog, { name, version }: ExactVersion, now: Date): Deprecation {
  const deprecation = entryOf(stateOf(catalog, name).deprecations, version);
  const deadline = deprecation?.deadline;
  if (deprecation !== undefined && deadline !== undefined && daysBetween(now, deadline) < 0)
    return deprecation;
  throw new PromptSyncError(
    "REMOVAL_TOO_EARLY",
    deadline === undefined
      ? `\`${name}@${version}\` is not deprecated with a deadline`
      : `\`${name}@${version}\` may be removed after its deadline, ${deadline.slice(0, 10)}`,
    {
      hint:
        deadline === undefined
          ? `announce it: \`promptsync deprecate ${name}@${version} --replacement … --deadline … --reason …\``
          : "wait for it; `promptsync yank` takes a version out of service at once",
    },
  );
}

/** The version's own obituary does not keep it alive; everything else that names it does. */
function refuseUsed(catalog: Catalog, target: ExactVersion, own: readonly (readonly string[])[]): void {
  const entries = entriesNaming(catalog, target, { served: false });
  const used = entries.filter((entry) => !own.some((path) => path.join(".") === entry));
  if (used.length === 0) return;
  const names = used.map((entry) => `\`${entry}\``).join(", ");
  throw new PromptSyncError(
    "VERSION_IN_USE",
    `\`${target.name}@${target.version}\` is still named by ${names}`,
    {
      hint: "move it to another version first",
      data: { entries: used },
    },
  );
}
