import { findPrompt, type Catalog } from "../../core/catalog.js";
import type { AuditRecord } from "../../core/plan.js";
import { armsOf } from "../../core/state/arms.js";
import { requireAlias } from "../../plans/known-alias.js";
import { unknownEntry } from "../../plans/rollout/unknown-entry.js";

/** The names that changes are looked for by. */
export interface AskedNames {
  readonly name?: string;
  readonly alias?: string;
  readonly tenant?: string;
}

/** Remembers which names a history holds: one that no change and nothing of today has was misspelt. */
export class SeenNames {
  readonly #prompts = new Set<string>();
  readonly #aliases = new Set<string>();
  readonly #tenants = new Set<string>();

  add({ prompt, alias, tenant }: AuditRecord): void {
    if (prompt !== undefined) this.#prompts.add(prompt);
    if (alias !== undefined) this.#aliases.add(alias);
    if (tenant !== undefined) this.#tenants.add(tenant);
  }

  /** @throws PromptSyncError `PROMPT_NOT_FOUND`, `ALIAS_NOT_FOUND`, `TENANT_NOT_FOUND` */
  refuseUnknown({ name, alias, tenant }: AskedNames, catalog: Catalog): void {
    if (name !== undefined && !this.#prompts.has(name)) findPrompt(catalog, name);
    if (alias !== undefined && !this.#aliases.has(alias)) requireAlias(catalog, alias);
    if (tenant === undefined || this.#tenants.has(tenant)) return;
    const known = [...armsOf(catalog.state)].flatMap((arm) => arm.tenant ?? []);
    if (known.includes(tenant)) return;
    throw unknownEntry("TENANT_NOT_FOUND", `nothing in the history is about tenant \`${tenant}\``, {
      name: tenant,
      known: [...new Set([...known, ...this.#tenants])],
    });
  }
}
