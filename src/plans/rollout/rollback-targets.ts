import { findPrompt, stateOf, type Catalog } from "../../core/catalog.js";
import { PromptSyncError } from "../../core/errors.js";
import { jsonEquals, type JsonValue } from "../../core/json.js";
import { isVersionLike } from "../../core/name.js";
import { entryOf, type Arm, type Canary, type State } from "../../core/state/state.js";
import { armOf, requireAlias } from "../known-alias.js";
import { pinAll } from "../pin-references.js";

/** States that the branch had, the newest first; the first may be the present one. */
export type PastStates = Iterable<State> | AsyncIterable<State>;

/** Which way back is asked for; at most one of `to`, `release` and `then`. */
export interface RollbackWish {
  readonly alias: string;
  readonly name?: string | undefined;
  /** A version or reference that the alias served once. */
  readonly to?: string | undefined;
  /** Takes back the last commit that moved several prompts. */
  readonly release?: boolean | undefined;
  /** The state to return to. */
  readonly then?: State | undefined;
}

/**
 * The versions that an alias goes back to, by prompt; a prompt that has lost the alias gets it back. Reads no more of
 * the past than it needs.
 * @throws PromptSyncError `NOTHING_TO_ROLL_BACK`, `ALIAS_NOT_FOUND`, `PROMPT_NOT_FOUND`, `USAGE`
 */
export async function rollbackTargets(
  catalog: Catalog,
  wish: RollbackWish,
  past: PastStates,
): Promise<ReadonlyMap<string, string>> {
  const { alias, name, to, release = false, then } = wish;
  if (name !== undefined) findPrompt(catalog, name);
  const ways = [to !== undefined, release, then !== undefined].filter(Boolean);
  if (ways.length > 1) {
    throw new PromptSyncError("USAGE", "`--to`, `--at` and `--release` exclude each other", {
      hint: "name one way back",
    });
  }
  if (release && name !== undefined) {
    throw new PromptSyncError("USAGE", "a release is rolled back as a whole", {
      hint: `leave out \`${name}\`, or leave out \`--release\``,
    });
  }
  const search =
    to !== undefined ? served : release ? lastRelease : name !== undefined ? lastOfOne : lastOfAll;
  const targets = then === undefined ? await search(catalog, wish, past) : servedThen(catalog, wish, then);
  if (targets.size > 0) return targets;
  refuseUnknown(catalog, wish);
  if (release) {
    throw new PromptSyncError(
      "NOTHING_TO_ROLL_BACK",
      `no commit moved several prompts of \`${alias}\` at once`,
      {
        hint: `\`promptsync rollback --alias ${alias}\` takes back its last move, whatever it was`,
      },
    );
  }
  const what = name === undefined ? `\`${alias}\`` : `\`${name}@${alias}\``;
  throw new PromptSyncError("NOTHING_TO_ROLL_BACK", `the history holds nothing that ${what} served before`, {
    hint: `\`promptsync log --alias ${alias}\` shows its moves; \`promptsync alias set\` moves it anywhere`,
  });
}

/** @throws PromptSyncError `ALIAS_NOT_FOUND` for an alias that the prompt, or everything, lacks */
function refuseUnknown(catalog: Catalog, { alias, name }: RollbackWish): void {
  requireAlias(catalog, alias);
  if (name !== undefined) armOf(catalog, name, alias);
}

type Search = (catalog: Catalog, wish: RollbackWish, past: PastStates) => Promise<Map<string, string>>;

/** One prompt: without its canary, or else what was served before the present version and can still be. */
const lastOfOne: Search = async (catalog, { alias, name = "" }, past) => {
  const now = armIn(catalog.state, name, alias);
  if (now?.canary !== undefined) return new Map([[name, now.serve]]);
  for await (const state of past) {
    const before = armIn(state, name, alias)?.serve;
    if (before !== undefined && before !== now?.serve && isServable(catalog, name, before))
      return new Map([[name, before]]);
  }
  return new Map();
};

/** The whole alias: what the last commit that changed it did, whichever prompts it changed. */
const lastOfAll: Search = async (catalog, { alias }, past) => {
  for await (const state of past) {
    const targets = namesOf(catalog, state).flatMap((name): [string, string][] => {
      const [now, before] = [armIn(catalog.state, name, alias), armIn(state, name, alias)];
      if (before === undefined || isLost(catalog, name, { now, before })) return [];
      if (now?.canary !== undefined && !isSame(now.canary, before.canary)) return [[name, now.serve]];
      return now?.serve === before.serve ? [] : [[name, before.serve]];
    });
    if (targets.length > 0) return new Map(targets);
  }
  return new Map();
};

const lastRelease: Search = async (catalog, { alias }, past) => {
  let after = catalog.state;
  for await (const before of past) {
    const targets = namesOf(catalog, before).flatMap((name): [string, string][] => {
      const [was, is] = [armIn(before, name, alias), armIn(after, name, alias)];
      if (was === undefined || isLost(catalog, name, { now: is, before: was })) return [];
      return was.serve === is?.serve ? [] : [[name, was.serve]];
    });
    if (targets.length > 1) return new Map(targets);
    after = before;
  }
  return new Map();
};

/** The versions that are named, of which each was served by the alias, or was on trial there. */
const served: Search = async (catalog, { alias, name, to = "" }, past) => {
  const reference = name === undefined || !isVersionLike(to) ? to : `${name}@${to}`;
  const hasAlias = (prompt: string): boolean => armIn(catalog.state, prompt, alias) !== undefined;
  const targets = pinAll(catalog, [reference], hasAlias);
  if (name !== undefined && !targets.has(name)) {
    throw new PromptSyncError("USAGE", `\`--to ${to}\` is not about \`${name}\``, {
      hint: `\`--to <version>\` means a version of \`${name}\``,
    });
  }
  const unproven = new Map(targets);
  for await (const state of past) {
    for (const [prompt, version] of unproven) {
      const arm = armIn(state, prompt, alias);
      if (arm?.serve === version || arm?.canary?.serve === version) unproven.delete(prompt);
    }
    if (unproven.size === 0) return targets;
  }
  refuseUnknown(catalog, { alias, name });
  const never = [...unproven].map(([prompt, version]) => `\`${prompt}@${version}\``).join(", ");
  throw new PromptSyncError("NOTHING_TO_ROLL_BACK", `\`${alias}\` never served ${never}`, {
    hint: `\`promptsync alias set ${alias} ${reference}\` moves it forward`,
  });
};

function servedThen(catalog: Catalog, { alias, name }: RollbackWish, then: State): Map<string, string> {
  const names = name === undefined ? namesOf(catalog, then) : [name];
  return new Map(
    names.flatMap((prompt): [string, string][] => {
      const [now, before] = [armIn(catalog.state, prompt, alias), armIn(then, prompt, alias)];
      if (before === undefined || isLost(catalog, prompt, { now, before })) return [];
      return [[prompt, before.serve]];
    }),
  );
}

function armIn(state: State, name: string, alias: string): Arm | undefined {
  return entryOf(entryOf(state.prompts, name)?.aliases, alias);
}

/** The prompts of a past state that there are still. */
function namesOf({ prompts }: Catalog, past: State): string[] {
  return Object.keys(past.prompts ?? {})
    .filter((name) => prompts.has(name))
    .sort();
}

/** An alias was taken away, and the end of what it served was the reason. */
function isLost(
  catalog: Catalog,
  name: string,
  { now, before }: { readonly now: Arm | undefined; readonly before: Arm },
): boolean {
  return now === undefined && !isServable(catalog, name, before.serve);
}

function isServable(catalog: Catalog, name: string, version: string): boolean {
  const isThere = catalog.prompts.get(name)?.versions.some((it) => it.version === version) ?? false;
  return isThere && entryOf(stateOf(catalog, name).yanked, version) === undefined;
}

function isSame(a: Canary, b: Canary | undefined): boolean {
  return jsonEquals(a as unknown as JsonValue, (b ?? null) as unknown as JsonValue);
}
