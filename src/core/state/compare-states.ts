import { jsonEquals, type JsonValue } from "../json.js";
import type { AuditRecord } from "../plan.js";
import { emptyState, entryOf, type Arm, type ById, type PromptState, type State } from "./state.js";

/** What happened between two states, as the audit trail would have recorded it. */
export function compareStates(before: State = emptyState, after: State = emptyState): AuditRecord[] {
  const ofPrompts = differing(before.prompts, after.prompts).flatMap((prompt) => {
    const [was, is] = [entryOf(before.prompts, prompt) ?? {}, entryOf(after.prompts, prompt) ?? {}];
    return [...comparePrompts(was, is)].map((record) => ({ prompt, ...record }));
  });
  return [
    ...ofPrompts,
    ...compareFlags(before, after),
    ...compareLinks(before, after),
    ...compareEmergencies(before, after),
  ];
}

function* compareFlags({ flags: was }: State, { flags: is }: State): Iterable<AuditRecord> {
  for (const flag of keysOf(was, is)) {
    const changes = fromTo(entryOf(was, flag)?.expires, entryOf(is, flag)?.expires);
    const action = entryOf(is, flag) === undefined ? "flag-remove" : "flag-create";
    if (changes.from !== changes.to) yield { action, flag, ...changes };
  }
}

function* compareLinks({ capabilities: was }: State, { capabilities: is }: State): Iterable<AuditRecord> {
  for (const capability of keysOf(was, is)) {
    const [old, now] = [entryOf(was, capability)?.links, entryOf(is, capability)?.links];
    for (const prompt of keysOf(old, now)) {
      const [one, other] = [entryOf(old, prompt), entryOf(now, prompt)];
      if (jsonEquals(asJson(one), asJson(other))) continue;
      const action = other === undefined ? "capability-unlink" : "capability-link";
      const priority = (link: typeof one): string | undefined => link && String(link.priority ?? 0);
      yield { action, prompt, capability, ...fromTo(priority(one), priority(other)) };
    }
  }
}

function* compareEmergencies({ emergencies: was }: State, { emergencies: is }: State): Iterable<AuditRecord> {
  for (const emergency of keysOf(is)) {
    const [old, now] = [entryOf(was, emergency), entryOf(is, emergency)];
    if (now === undefined) continue;
    const place = { prompt: now.prompt, emergency, ...(now.alias === undefined ? {} : { alias: now.alias }) };
    if (now.status === "active" && (old?.status !== "active" || old.serve !== now.serve))
      yield { action: "emergency-open", ...place, to: now.serve };
    if (old?.status === "active" && now.status !== "active")
      yield { action: "emergency-resolve", ...place, from: now.serve };
    if (now.post_mortem !== undefined && old?.post_mortem !== now.post_mortem)
      yield { action: "emergency-post-mortem", ...place, to: now.post_mortem };
  }
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
      if (changes.from !== changes.to) yield { action, alias, tenant, ...changes };
    }
  }
  for (const field of ["owner", "purpose", "recommended"] as const) {
    if (was[field] !== is[field]) yield { action: "prompt-set", field, ...fromTo(was[field], is[field]) };
  }
  for (const rule of keysOf(was.rules, is.rules)) {
    const [old, now] = [entryOf(was.rules, rule), entryOf(is.rules, rule)];
    if (jsonEquals(asJson(old), asJson(now))) continue;
    const action = now === undefined ? "flag-unlink" : "flag-link";
    yield { action, flag: rule, ...fromTo(old?.serve, now?.serve) };
  }
  for (const scope of keysOf(was.overrides, is.overrides)) {
    const [old, now] = [entryOf(was.overrides, scope), entryOf(is.overrides, scope)];
    for (const id of keysOf(old, now)) {
      const changes = fromTo(entryOf(old, id)?.serve, entryOf(now, id)?.serve);
      const action = changes.to === undefined ? "override-remove" : "override-set";
      if (changes.from !== changes.to) yield { action, override: `${scope}/${id}`, ...changes };
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

/** The ids whose entries are not the same object, sorted: a reader of many states gives what stayed back as it was. */
function differing<T>(was: ById<T> = {}, is: ById<T> = {}): string[] {
  const changed = Object.keys(is).filter((id) => entryOf(was, id) !== entryOf(is, id));
  const gone = Object.keys(was).filter((id) => !Object.hasOwn(is, id));
  return [...changed, ...gone].sort();
}

function asJson(value: unknown): JsonValue {
  return (value ?? null) as JsonValue;
}
