import { assertStateReadable, stateOf, type Catalog } from "../../core/catalog.js";
import { dayOf } from "../../core/day.js";
import { entryOf } from "../../core/state/state.js";
import { oneLine, type Words } from "../commit-message.js";
import { planChanges, type PlannedChanges } from "../state-change.js";
import { entriesNaming, exactVersion } from "./exact-version.js";

/** What `yank` asks for. */
export interface YankRequest extends Words {
  readonly ref: string;
}

/**
 * Plans to pass a version over from now on, wherever it is named; the file stays.
 * @throws PromptSyncError `VERSION_NOT_FOUND`, `REFERENCE_INVALID`
 */
export function planYank(catalog: Catalog, request: YankRequest, now: Date): PlannedChanges {
  assertStateReadable(catalog);
  const { reason } = request;
  const target = exactVersion(catalog, request.ref);
  const { name: prompt, version } = target;
  const isYanked = entryOf(stateOf(catalog, prompt).yanked, version) !== undefined;
  const draft = {
    subject: `yank ${prompt}@${version}`,
    changes: isYanked ? [] : [{ action: "yank", prompt, alias: null, from: version, to: null, version }],
    edits: [
      {
        path: ["prompts", prompt, "yanked", version],
        value: {
          ...(reason === undefined ? {} : { reason: oneLine(reason, "--reason") }),
          since: dayOf(now),
        },
      },
    ],
    warnings: entriesNaming(catalog, target, { served: true }).map(
      (entry) =>
        `\`${entry}\` names ${version}, which is passed over now: \`promptsync resolve ${prompt}\` shows for what`,
    ),
  };
  return planChanges(catalog, draft, request);
}
