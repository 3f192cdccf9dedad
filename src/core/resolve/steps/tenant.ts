import { servesArm } from "../arm.js";
import type { Decision } from "../decision.js";
import type { Resolution } from "../resolution.js";

/** Serves the tenant's own block of the alias: it replaces the alias block, nothing is merged. */
export function servesTenant(decision: Decision): Resolution | undefined {
  const { alias, tenantArm } = decision;
  const { tenant } = decision.request;
  if (tenant === undefined || alias === undefined) return undefined;
  if (tenantArm === undefined) {
    decision.pass("tenant", `tenant ${tenant} has no ${alias} of its own`);
    return undefined;
  }
  return servesArm(decision, tenantArm, {
    step: "tenant",
    rule: `tenant.${tenant}`,
    reason: "TARGETING_MATCH",
    owner: `tenant ${tenant}'s ${alias}`,
    alias,
    path: decision.path("tenants", tenant, "aliases", alias),
  });
}
