import { servingArm } from "../arm.js";
import { passedLine, type Decision } from "../decision.js";
import { kept } from "../../kept.js";
import type { Subject } from "../subject.js";

/** Serves the tenant's own block of the alias: it replaces the alias block, nothing is merged. */
export function servesTenant(subject: Subject, next: Decision): Decision {
  const { alias } = subject;
  if (alias === undefined) return next;
  const ownDecision = kept((tenant) => {
    const arm = subject.armOf(tenant);
    if (arm === undefined) return undefined;
    const block = {
      arm,
      step: "tenant",
      rule: `tenant.${tenant}`,
      reason: "TARGETING_MATCH",
      owner: `tenant ${tenant}'s ${alias}`,
      alias,
      path: subject.path("tenants", tenant, "aliases", alias),
    } as const;
    return servingArm(subject, block, next);
  });
  return (request, passed) => {
    const { tenant } = request;
    if (tenant === undefined) return next(request, passed);
    const own = ownDecision(tenant);
    if (own !== undefined) return own(request, passed);
    const line = passedLine("tenant", `tenant ${tenant} has no ${alias} of its own`);
    return next(request, { line, before: passed });
  };
}
