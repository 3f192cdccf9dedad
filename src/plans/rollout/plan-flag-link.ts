import { assertStateReadable, stateOf, type Catalog } from "../../core/catalog.js";
import { PromptSyncError } from "../../core/errors.js";
import { jsonEquals, type JsonValue } from "../../core/json.js";
import type { StateEdit } from "../../core/plan.js";
import { needsFlag } from "../../core/resolve/when.js";
import { entryOf, type ServeRule } from "../../core/state/state.js";
import type { Words } from "../commit-message.js";
import { pinAll } from "../pin-references.js";
import { aboutChanges, planChanges, type PlannedChanges, type StateChange } from "../state-change.js";
import { requireFlag } from "./plan-flag.js";

/** What `flag link` asks for. */
export interface FlagLinkRequest extends Words {
  readonly flag: string;
  readonly references: readonly string[];
}

/** The room between two rules, for one that has to stand between them. */
const gap = 10;

/**
 * Plans to serve versions to those who have a flag: a rule behind the prompt's other rules, named for the flag. A
 * rule that is there already keeps its place and its conditions.
 * @throws PromptSyncError `FLAG_NOT_FOUND`, `FLAG_EXISTS` when a rule of that name is about something else, and
 * what `pinAll` throws
 */
export function planFlagLink(
  catalog: Catalog,
  { flag, references, ...words }: FlagLinkRequest,
): PlannedChanges {
  assertStateReadable(catalog);
  requireFlag(catalog, flag);
  const changes: StateChange[] = [];
  const edits: StateEdit[] = [];
  for (const [prompt, to] of pinAll(catalog, references)) {
    const { rules = {} } = stateOf(catalog, prompt);
    const before = entryOf(rules, flag);
    if (before !== undefined && !needsFlag(before.when, flag)) throw otherRule(prompt, flag);
    const order = Math.max(0, ...Object.values(rules).map((rule) => rule.order ?? 0)) + gap;
    const after: ServeRule = { order, when: { flags: { [flag]: true } }, ...before, serve: to };
    if (jsonEquals(asJson(before), asJson(after))) continue;
    changes.push({ action: "flag-link", prompt, alias: null, from: before?.serve ?? null, to, flag });
    edits.push({ path: ["prompts", prompt, "rules", flag], value: asJson(after) });
  }
  return planChanges(
    catalog,
    { subject: `flag link ${flag} ${aboutChanges(changes)}`, changes, edits },
    words,
  );
}

function otherRule(prompt: string, flag: string): PromptSyncError {
  return new PromptSyncError(
    "FLAG_EXISTS",
    `rule \`${flag}\` of \`${prompt}\` does not depend on the flag of that name`,
    { hint: `rename the rule under \`prompts.${prompt}.rules\` in promptsync.yaml` },
  );
}

function asJson(rule: ServeRule | undefined): JsonValue {
  return (rule ?? null) as unknown as JsonValue;
}
