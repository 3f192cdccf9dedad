import { assertStateReadable, findPrompt, stateOf, type Catalog } from "../../core/catalog.js";
import { isVersionLike } from "../../core/name.js";
import { parseReference } from "../../core/reference.js";
import { PromptSyncError } from "../../core/errors.js";
import { entryOf } from "../../core/state/state.js";
import { didYouMean } from "../../core/suggest.js";
import { oneLine, type Words } from "../commit-message.js";
import { pin } from "../pin-references.js";
import { planChanges, type PlannedChanges } from "../state-change.js";

/** What `prompt set` asks for. */
export interface PromptSetRequest extends Words {
  readonly name: string;
  /** `owner`, `purpose` or `recommended`. */
  readonly field: string;
  readonly value: string;
}

/**
 * Plans to change what is known of a prompt.
 * @throws PromptSyncError `PROMPT_NOT_FOUND`, `USAGE` and, for `recommended`, what `pin` throws
 */
export function planPromptSet(catalog: Catalog, request: PromptSetRequest): PlannedChanges {
  assertStateReadable(catalog);
  const field = fieldOf(request.field);
  const { name: prompt } = findPrompt(catalog, request.name);
  const value = checks[field](catalog, request.value, prompt);
  const before = stateOf(catalog, prompt)[field];
  // what a person wrote into the file may be long and have line breaks; a trailer may not
  const from =
    before === undefined
      ? null
      : before
          .replaceAll(/[\p{C}\s]+/gu, " ")
          .trim()
          .slice(0, 200);
  const draft = {
    subject: `prompt set ${prompt} ${field}`,
    changes: before === value ? [] : [{ action: "prompt-set", prompt, alias: null, from, to: value, field }],
    edits: [{ path: ["prompts", prompt, field], value }],
  };
  return planChanges(catalog, draft, request);
}

/** The settings of a prompt that may change without a new version. */
type Field = "owner" | "purpose" | "recommended";

function fieldOf(text: string): Field {
  const field = Object.keys(checks).find((it) => it === text);
  if (field !== undefined) return field as Field;
  throw new PromptSyncError("USAGE", `\`${text}\` is no setting of a prompt`, {
    hint: didYouMean(text, Object.keys(checks)) || "it has owner, purpose and recommended",
  });
}

const checks: Readonly<Record<Field, (catalog: Catalog, value: string, prompt: string) => string>> = {
  owner({ state: { owners } }, value) {
    const owner = oneLine(value, "owner");
    if (owners === undefined || entryOf(owners, owner) !== undefined) return owner;
    const known = Object.keys(owners);
    throw new PromptSyncError("USAGE", `owner \`${owner}\` is not in owners`, {
      hint: didYouMean(owner, known) || `use one of ${known.join(", ")}, or add it to promptsync.yaml`,
    });
  },
  purpose: (_catalog, value) => oneLine(value, "purpose"),
  recommended(catalog, value, prompt) {
    const pinned = pin(catalog, parseReference(isVersionLike(value) ? `${prompt}@${value}` : value));
    if (pinned.name === prompt) return pinned.version;
    throw new PromptSyncError("USAGE", `\`${value}\` is no version of \`${prompt}\``, {
      hint: `write the number alone: \`promptsync prompt set ${prompt} recommended 1.2.0\``,
    });
  },
};
