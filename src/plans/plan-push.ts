import type { Bump, Change, Comparison } from "../core/bump.js";
import {
  assertStateReadable,
  newestVersion,
  stateOf,
  type Catalog,
  type CatalogPrompt,
} from "../core/catalog.js";
import { jsonEquals, type JsonValue } from "../core/json.js";
import type { AuditRecord, Effect, Plan, StateEdit } from "../core/plan.js";
import type { Draft } from "../core/prompt-file/read-draft.js";
import { digestOf, printPrompt } from "../core/prompt-file/print.js";
import type { FrontMatter, Prompt } from "../core/prompt.js";
import { parseVersion } from "../core/version.js";
import { aliasEdits, aliasMoves, auditOf, type StateChange } from "./plan-alias.js";
import { chooseVersion, type VersionRequest } from "./choose-version.js";
import { commitMessage, oneLine, type Words } from "./commit-message.js";
import { stateEffects } from "./state-file.js";
import { summarize } from "./summarize.js";

/** A draft of a named prompt, with what it has to be compared to. */
export interface DraftToPush {
  readonly name: string;
  /** Where a new prompt goes; a prompt that exists stays in its group. */
  readonly group: string;
  /** The draft's file, for messages. */
  readonly file: string;
  readonly draft: Draft;
  /** Parsed versions by number: the newest, and any that the draft or the request names. */
  readonly known: ReadonlyMap<string, Prompt>;
}

/** What `push` asks for. */
export interface PushRequest extends Words, VersionRequest {
  readonly alias?: string | undefined;
  /** The owner of a new prompt whose draft names none. */
  readonly owner: string;
  readonly compare: (before: Prompt, after: Prompt) => Comparison;
}

/** A version that a push makes. */
export interface PushedVersion {
  readonly name: string;
  readonly version: string;
  readonly previous: string | null;
  readonly bump: Bump;
  readonly requiredBump: Bump;
  readonly path: string;
  readonly digest: string;
  readonly changes: readonly Change[];
}

/** The plan of a push and what it means; no plan when nothing would change. */
export interface PlannedPush {
  readonly plan: Plan | null;
  readonly pushed: readonly PushedVersion[];
  readonly unchanged: readonly string[];
  readonly aliases: readonly StateChange[];
}

/**
 * Plans to turn drafts into versions: each draft that differs from its newest version becomes the next one, all in
 * one commit; the alias, if one is named, moves to the newest version of every draft.
 * @throws PromptSyncError `BUMP_TOO_SMALL`, `VERSION_EXISTS`, `VERSION_INVALID`, `NAME_INVALID`, `GATE_UNAVAILABLE`
 */
export function planPush(
  catalog: Catalog,
  drafts: readonly DraftToPush[],
  request: PushRequest,
): PlannedPush {
  assertStateReadable(catalog);
  const pushed: PushedVersion[] = [];
  const unchanged: string[] = [];
  const effects: Effect[] = [];
  const edits: StateEdit[] = [];
  const targets = new Map<string, string>();
  for (const item of drafts) {
    const prompt = catalog.prompts.get(item.name);
    const newest = prompt === undefined ? undefined : newestVersion(prompt)?.version;
    const same = sameVersion(item, newest, request);
    if (same !== undefined) {
      unchanged.push(item.name);
      targets.set(item.name, same);
      continue;
    }
    const made = makeVersion(catalog, item, prompt, request);
    pushed.push(made.pushed);
    effects.push({ kind: "write", path: made.pushed.path, content: made.text });
    edits.push(...(prompt === undefined ? firstEdits(item, made.pushed.version, request.owner) : []));
    targets.set(item.name, made.pushed.version);
  }
  const aliases = request.alias === undefined ? [] : aliasMoves(catalog, request.alias, targets);
  edits.push(...aliasEdits(catalog, aliases));
  if (edits.length > 0) effects.push(...stateEffects(catalog, edits));
  if (effects.length === 0) return { plan: null, pushed, unchanged, aliases };
  const audit = [
    ...pushed.map((it) => pushRecord(it, request.reason)),
    ...aliases.map((it) => auditOf(it, request.reason)),
  ];
  const message = commitMessage(subjectOf(pushed, aliases), audit, request);
  return { plan: { effects, audit, message, base: catalog.origin.commit }, pushed, unchanged, aliases };
}

function makeVersion(
  catalog: Catalog,
  item: DraftToPush,
  prompt: CatalogPrompt | undefined,
  request: PushRequest,
): { pushed: PushedVersion; text: string } {
  const asPrompt = (version: string): Prompt => ({
    name: item.name,
    version,
    frontMatter: item.draft.frontMatter,
    body: item.draft.body,
  });
  const chosen = chooseVersion(
    {
      name: item.name,
      asked: item.draft.version,
      versions: prompt?.versions.map(({ version }) => version) ?? [],
      state: stateOf(catalog, item.name),
      compareTo: (version) => {
        const before = item.known.get(version);
        return before === undefined ? undefined : request.compare(before, asPrompt(version));
      },
    },
    request,
  );
  const { version, previous, comparison } = chosen;
  const before = previous === null ? undefined : item.known.get(previous);
  const summary = summaryOf(item.draft.frontMatter, before, comparison, request.message);
  const frontMatter: FrontMatter = {
    ...item.draft.frontMatter,
    ...(summary === undefined ? {} : { summary }),
  };
  const text = printPrompt({ ...asPrompt(version), frontMatter });
  const group = prompt?.group ?? item.group;
  const path = [catalog.registry, group, item.name, `${version}.md`].filter((part) => part !== "").join("/");
  const { bump, requiredBump } = chosen;
  return {
    text,
    pushed: {
      name: item.name,
      version,
      previous,
      bump,
      requiredBump,
      path,
      digest: digestOf(text),
      changes: comparison?.changes ?? [],
    },
  };
}

/** The version that says what the draft says: the newest, or the one whose number is asked for. */
function sameVersion(
  { draft, known }: DraftToPush,
  newest: string | undefined,
  request: PushRequest,
): string | undefined {
  const asked = request.version === undefined ? undefined : parseVersion(request.version);
  return [newest, asked].find((version) => {
    const prompt = version === undefined ? undefined : known.get(version);
    return prompt !== undefined && hasSameContent(prompt, draft);
  });
}

/** What a version says about itself, and not to a model or a caller. */
const bookkeeping = ["name", "version", "summary", "changes", "git_commit", "closure"];

/** Says whether a draft says the same as a version, whatever it says about the change. */
export function hasSameContent(prompt: Prompt, draft: Pick<Draft, "frontMatter" | "body">): boolean {
  const content = (frontMatter: FrontMatter): JsonValue =>
    Object.fromEntries(
      Object.entries(frontMatter).filter(([key]) => !bookkeeping.includes(key)),
    ) as JsonValue;
  return (
    prompt.body.trimEnd() === draft.body.trimEnd() &&
    jsonEquals(content(prompt.frontMatter), content(draft.frontMatter))
  );
}

/** The draft's summary unless it is the last version's, then the commit message, then what the comparison found. */
function summaryOf(
  draft: FrontMatter,
  before: Prompt | undefined,
  comparison: Comparison | undefined,
  message: string | undefined,
): string | undefined {
  if (draft.summary !== undefined && draft.summary !== before?.frontMatter.summary) return draft.summary;
  if (before === undefined || comparison === undefined) return draft.summary;
  return message === undefined ? summarize(comparison) : oneLine(message, "--message");
}

function firstEdits({ name, draft }: DraftToPush, version: string, owner: string): StateEdit[] {
  const block = {
    owner: draft.owner ?? owner,
    ...(draft.purpose === undefined ? {} : { purpose: draft.purpose }),
  };
  return Object.entries({ ...block, default: version, recommended: version }).map(([key, value]) => ({
    path: ["prompts", name, key],
    value,
  }));
}

function pushRecord({ name, version, previous }: PushedVersion, reason: string | undefined): AuditRecord {
  return {
    action: "push",
    prompt: name,
    version,
    ...(previous === null ? {} : { from: previous }),
    to: version,
    ...(reason === undefined ? {} : { reason: oneLine(reason, "--reason") }),
  };
}

function subjectOf(pushed: readonly PushedVersion[], aliases: readonly StateChange[]): string {
  const names = pushed.map(({ name, version }) => `${name}@${version}`);
  const alias = aliases[0]?.alias ?? "";
  if (names.length === 0) return `alias set ${alias} ${aliases.length} prompts`;
  const what = names.join(", ").length <= 50 ? names.join(", ") : `${names.length} prompts`;
  return `push ${what}${aliases.length === 0 ? "" : ` to ${alias}`}`;
}
