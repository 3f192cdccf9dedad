import { assertStateReadable, stateOf, type Catalog } from "../../core/catalog.js";
import { checkDate, dayOf, daysBetween, inDays } from "../../core/day.js";
import { PromptSyncError } from "../../core/errors.js";
import { jsonEquals, type JsonValue } from "../../core/json.js";
import { isVersionLike } from "../../core/name.js";
import { entryOf } from "../../core/state/state.js";
import { oneLine, type Words } from "../commit-message.js";
import { refuseYanked } from "../pin-references.js";
import { planChanges, type PlannedChanges } from "../state-change.js";
import { entriesNaming, exactVersion, type ExactVersion } from "./exact-version.js";

/** What `deprecate` asks for. */
export interface DeprecateRequest extends Words {
  readonly ref: string;
  /** A version of the same prompt, with or without its name. */
  readonly replacement: string;
  readonly deadline: string;
  readonly reason: string;
  /** The shortest time that the settings allow from the announcement to the deadline, in days. */
  readonly notice: number;
}

/**
 * Plans to announce the end of a version: it is served until somebody moves away from it, and may be removed after
 * the deadline.
 * @throws PromptSyncError `VERSION_NOT_FOUND`, `REFERENCE_INVALID`, `USAGE`, `NO_VERSION` when the replacement is yanked
 */
export function planDeprecate(catalog: Catalog, request: DeprecateRequest, now: Date): PlannedChanges {
  assertStateReadable(catalog);
  const target = exactVersion(catalog, request.ref);
  const { name: prompt, version } = target;
  const replacement = replacementOf(catalog, target, request.replacement);
  const before = entryOf(stateOf(catalog, prompt).deprecations, version);
  const value = {
    reason: oneLine(request.reason, "--reason"),
    replacement,
    deprecated: before?.deprecated ?? dayOf(now),
    deadline: checkDate(request.deadline),
  };
  const isAsAsked = jsonEquals(value, (before ?? null) as JsonValue);
  const change = { action: "deprecate", prompt, alias: null, from: version, to: replacement, version };
  const draft = {
    subject: `deprecate ${prompt}@${version}`,
    changes: isAsAsked ? [] : [change],
    edits: [{ path: ["prompts", prompt, "deprecations", version], value }],
    warnings: [
      ...deadlineWarnings(value, { before: before?.deadline, notice: request.notice, now }),
      ...entriesNaming(catalog, target, { served: true }).map(
        (entry) => `\`${entry}\` still serves ${version}`,
      ),
    ],
  };
  return planChanges(catalog, draft, request);
}

/** What `validate` will not let pass: announced ends are kept. */
function deadlineWarnings(
  { deprecated, deadline }: { readonly deprecated: string; readonly deadline: string },
  {
    before,
    notice,
    now,
  }: { readonly before: string | undefined; readonly notice: number; readonly now: Date },
): string[] {
  if (daysBetween(now, deadline) < 0) return [`the deadline ${deadline} is past already`];
  if (before !== undefined && daysBetween(before, deadline) < 0)
    return [`the deadline moves from ${before} to ${deadline}, which is earlier: \`validate\` refuses that`];
  const days = daysBetween(deprecated, deadline);
  if (days >= notice) return [];
  return [`the deadline leaves ${inDays(days)}, and \`validate\` asks for ${notice} (\`periods.notice\`)`];
}

function replacementOf(catalog: Catalog, target: ExactVersion, text: string): string {
  const { name, version } = exactVersion(catalog, isVersionLike(text) ? `${target.name}@${text}` : text);
  refuseYanked(catalog, name, version);
  const isDeprecated = entryOf(stateOf(catalog, name).deprecations, version) !== undefined;
  if (name === target.name && version !== target.version && !isDeprecated) return version;
  throw new PromptSyncError(
    "USAGE",
    `\`${name}@${version}\` cannot replace \`${target.name}@${target.version}\``,
    {
      hint: `name another version of \`${target.name}\` that is not deprecated itself`,
    },
  );
}
