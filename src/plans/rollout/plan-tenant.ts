import { assertStateReadable, findPrompt, stateOf, type Catalog } from "../../core/catalog.js";
import { checkId } from "../../core/name.js";
import type { StateEdit } from "../../core/plan.js";
import { armsOf, type PlacedArm } from "../../core/state/arms.js";
import { entryOf } from "../../core/state/state.js";
import { oneLine, type Words } from "../commit-message.js";
import { aboutChanges, planChanges, type PlannedChanges, type StateChange } from "../state-change.js";
import { pinForAlias } from "./pin-for-alias.js";
import { unknownEntry } from "./unknown-entry.js";

/** What `tenant set` asks for. */
export interface TenantSetRequest extends Words {
  readonly tenant: string;
  readonly alias: string;
  readonly references: readonly string[];
}

/**
 * Plans to give a tenant versions of its own behind an alias: they replace what the alias serves to others.
 * @throws PromptSyncError `NAME_INVALID`, `ALIAS_NOT_FOUND` and what `pinAll` throws
 */
export function planTenantSet(catalog: Catalog, request: TenantSetRequest): PlannedChanges {
  assertStateReadable(catalog);
  const { alias, reason } = request;
  const tenant = checkId("tenant", request.tenant);
  const changes: StateChange[] = [];
  const edits: StateEdit[] = [];
  for (const [prompt, to] of pinForAlias(catalog, request.references, alias)) {
    const block = entryOf(stateOf(catalog, prompt).tenants, tenant);
    const arm = entryOf(block?.aliases, alias);
    if (arm?.serve === to && (reason === undefined || reason === block?.reason)) continue;
    const path = ["prompts", prompt, "tenants", tenant];
    changes.push({ action: "tenant-set", prompt, alias, from: arm?.serve ?? null, to, tenant });
    edits.push({ path: [...path, "aliases", alias, "serve"], value: to });
    if (arm?.canary?.serve === to) edits.push({ path: [...path, "aliases", alias, "canary"] });
    if (reason !== undefined) edits.push({ path: [...path, "reason"], value: oneLine(reason, "--reason") });
  }
  const subject = `tenant set ${tenant} ${alias} ${aboutChanges(changes)}`;
  return planChanges(catalog, { subject, changes, edits }, request);
}

/** What `tenant remove` asks for; without an alias or names, everything that the tenant has of its own. */
export interface TenantRemoveRequest extends Words {
  readonly tenant: string;
  readonly names: readonly string[];
  readonly alias?: string | undefined;
}

/**
 * Plans to let a tenant get what everybody gets.
 * @throws PromptSyncError `PROMPT_NOT_FOUND`, `TENANT_NOT_FOUND`
 */
export function planTenantRemove(catalog: Catalog, request: TenantRemoveRequest): PlannedChanges {
  assertStateReadable(catalog);
  const { tenant, alias } = request;
  const names = request.names.map((name) => findPrompt(catalog, name).name);
  const own = [...armsOf(catalog.state)].filter((arm) => arm.tenant === tenant);
  const meant = own.filter(
    (arm) =>
      (names.length === 0 || names.includes(arm.prompt)) && (alias === undefined || arm.alias === alias),
  );
  const missing = names.find((name) => !meant.some(({ prompt }) => prompt === name));
  if (missing !== undefined || meant.length === 0) throw unknownTenant(catalog, request, missing);
  const changes = meant.map(({ prompt, alias: it, arm }): StateChange => {
    return { action: "tenant-remove", prompt, alias: it, from: arm.serve, to: null, tenant };
  });
  const subject = `tenant remove ${tenant} ${aboutChanges(changes)}`;
  return planChanges(catalog, { subject, changes, edits: removals(own, meant) }, request);
}

/** The tenant's whole block of a prompt goes, with its reason, when none of its aliases is left. */
function removals(own: readonly PlacedArm[], meant: readonly PlacedArm[]): StateEdit[] {
  return meant.map(({ prompt, path }) => {
    const isLeft = own.some((arm) => arm.prompt === prompt && !meant.includes(arm));
    return { path: isLeft ? path : path.slice(0, -2) };
  });
}

function unknownTenant(catalog: Catalog, { tenant, alias }: TenantRemoveRequest, name?: string): Error {
  const arms = [...armsOf(catalog.state)];
  const known = arms.flatMap((arm) => arm.tenant ?? []);
  const has = arms.flatMap((arm) => (arm.tenant === tenant ? [`${arm.prompt}@${arm.alias}`] : []));
  const where = [
    name === undefined ? "" : ` of \`${name}\``,
    alias === undefined ? "" : ` behind \`${alias}\``,
  ];
  const message = `tenant \`${tenant}\` has no version of its own${where.join("")}`;
  return unknownEntry("TENANT_NOT_FOUND", message, { name: tenant, known: [...new Set(known)], has });
}
