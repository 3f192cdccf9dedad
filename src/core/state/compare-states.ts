import { jsonEquals, type JsonValue } from "../json.js";
import type { AuditRecord } from "../plan.js";
import { emptyState, entryOf, type Arm, type ById, type PromptState, type State } from "./state.js";

/** What happened between two states, as the audit trail would have recorded it. */
export function compareStates(before: State = emptyState, after: State = emptyState): AuditRecord[] {
  const names = keysOf(before.prompts, after.prompts);
  return names.flatMap((prompt) => {
    const [was, is] = [entryOf(before.prompts, prompt) ?? {}, entryOf(after.prompts, prompt) ?? {}];
    return [...comparePrompts(was, is)].map((record) => ({ prompt, ...record }));
  });
}

type Happening = Omit<AuditRecord, "prompt">;

function* comparePrompts(was: PromptState, is: PromptState): Iterable<Happening> {
  if (was.default !== is.default) yield { action: "default-set", ...fromTo(was.default, is.default) };
  for (const alias of keysOf(was.aliases, is.aliases)) {
    yield* compareArms(entryOf(was.aliases, alias), entryOf(is.aliases, alias)).map((it) => ({
      ...it,
      alias,
    }));
  }
  for (const tenant of keysOf(was.tenants, is.tenants)) {
    const [old, now] = [entryOf(was.tenants, tenant)?.aliases, entryOf(is.tenants, tenant)?.aliases];
    for (const alias of keysOf(old, now)) {
      const changes = fromTo(entryOf(old, alias)?.serve, entryOf(now, alias)?.serve);
      const action = entryOf(now, alias) === undefined ? "tenant-remove" : "tenant-set";
      if (changes.from !== changes.to) yield { action, alias, ...changes };
    }
  }
  yield* added("deprecate", was.deprecations, is.deprecations);
  yield* added("yank", was.yanked, is.yanked);
  yield* added("remove", was.removed, is.removed);
}

function compareArms(was: Arm | undefined, is: Arm | undefined): Happening[] {
  const records: Happening[] = [];
  if (was?.serve !== is?.serve) {
    records.push({
      action: is === undefined ? "alias-remove" : "alias-set",
      ...fromTo(was?.serve, is?.serve),
    });
  }
  if (!jsonEquals(asJson(was?.canary), asJson(is?.canary))) {
    const action = is?.canary === undefined ? "canary-remove" : "canary-set";
    records.push({ action, ...fromTo(was?.canary?.serve, is?.canary?.serve) });
  }
  return records;
}

function* added(
  action: string,
  was: ById<{ readonly reason?: string }> | undefined,
  is: typeof was,
): Iterable<Happening> {
  for (const version of keysOf(is)) {
    if (entryOf(was, version) !== undefined) continue;
    const reason = entryOf(is, version)?.reason;
    yield { action, version, ...(reason === undefined ? {} : { reason }) };
  }
}

function fromTo(from: string | undefined, to: string | undefined): Pick<AuditRecord, "from" | "to"> {
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

function keysOf(...maps: readonly (ById<unknown> | undefined)[]): string[] {
  return [...new Set(maps.flatMap((map) => Object.keys(map ?? {})))].sort();
}

function asJson(value: unknown): JsonValue {
  return (value ?? null) as JsonValue;
}
