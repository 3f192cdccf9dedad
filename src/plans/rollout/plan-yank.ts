import { assertStateReadable, stateOf, type Catalog } from "../../core/catalog.js";
import { dayOf } from "../../core/day.js";
import { isPromptSyncError } from "../../core/errors.js";
import { formatReference, type Reference } from "../../core/reference.js";
import { resolve } from "../../core/resolve/resolve.js";
import { entryOf } from "../../core/state/state.js";
import { oneLine, type Words } from "../commit-message.js";
import { planChanges, type PlannedChanges } from "../state-change.js";
import { entriesNaming, exactVersion, type ExactVersion } from "./exact-version.js";

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
  const already = entryOf(stateOf(catalog, prompt).yanked, version);
  const isDone = already !== undefined && (reason === undefined || reason === already.reason);
  const draft = {
    subject: `yank ${prompt}@${version}`,
    changes: isDone ? [] : [{ action: "yank", prompt, alias: null, from: version, to: null, version }],
    edits: [
      {
        path: ["prompts", prompt, "yanked", version],
        value: {
          ...(reason === undefined ? {} : { reason: oneLine(reason, "--reason") }),
          since: already?.since ?? dayOf(now),
        },
      },
    ],
    warnings: [
      ...entriesNaming(catalog, target, { served: true }).map(
        (entry) =>
          `\`${entry}\` names ${version}, which is passed over now: \`promptsync resolve ${prompt}\` shows for what`,
      ),
      ...referencesLost(catalog, target).map(
        (reference) => `nothing is left to serve for \`${reference}\`: whoever asks for it gets an error`,
      ),
    ],
  };
  return planChanges(catalog, draft, request);
}

/** What is answered today, and by nothing any more without the version. */
function referencesLost(catalog: Catalog, { name, version }: ExactVersion): string[] {
  const block = stateOf(catalog, name);
  const without = { ...block, yanked: { ...block.yanked, [version]: {} } };
  const after = {
    ...catalog,
    state: { ...catalog.state, prompts: { ...catalog.state.prompts, [name]: without } },
  };
  const aliases = Object.keys(block.aliases ?? {}).map((alias): Reference => ({
    name,
    selector: { kind: "alias", alias },
  }));
  return [{ name, selector: { kind: "default" } } satisfies Reference, ...aliases]
    .filter((reference) => isServed(catalog, reference) && !isServed(after, reference))
    .map(formatReference);
}

function isServed(catalog: Catalog, reference: Reference): boolean {
  try {
    resolve(catalog, reference);
    return true;
  } catch (error) {
    if (isPromptSyncError(error)) return false;
    throw error;
  }
}
