import type { AuditRecord } from "../core/plan.js";
import { armsOf, type PlacedArm } from "../core/state/arms.js";
import { entryOf, type Arm, type State } from "../core/state/state.js";
import type { GatedMove } from "./verdict.js";

/** What gives a version to more people than before. Taking one away passes no gate. */
const actions = ["alias-set", "canary-set", "canary-step", "canary-promote", "tenant-set"];

/** The move that a record of a plan makes; undefined when it gives nobody a version through an alias. */
export function moveOf(
  { action, prompt, alias, tenant, to }: AuditRecord,
  state: State,
): GatedMove | undefined {
  if (!actions.includes(action) || prompt === undefined || alias === undefined || to === undefined)
    return undefined;
  const place = { prompt, alias, ...(tenant === undefined ? {} : { tenant }) };
  return { ...place, version: to, baseline: servedToday(state, place) };
}

/**
 * The versions that more people get in the second state than in the first through an alias: it serves another one,
 * or a canary of it starts or grows. What they get `today` is the baseline.
 */
export function movesBetween(before: State, after: State, today: State = before): GatedMove[] {
  const old = new Map([...armsOf(before)].map(({ path, arm }) => [path.join("/"), arm]));
  return [...armsOf(after)].flatMap((placed) => {
    const { prompt, alias, tenant, path, arm } = placed;
    const place = { prompt, alias, ...(tenant === undefined ? {} : { tenant }) };
    return versionsBrought(old.get(path.join("/")), arm).map((version) => ({
      ...place,
      version,
      baseline: servedToday(today, place),
    }));
  });
}

function versionsBrought(before: Arm | undefined, { serve, canary }: Arm): string[] {
  const brought = before?.serve === serve ? [] : [serve];
  const share = (arm: Arm | undefined, version: string): number =>
    arm?.canary?.serve === version && arm.canary.state === "running" ? arm.canary.percent : 0;
  if (canary === undefined || canary.serve === serve || canary.serve === before?.serve) return brought;
  const isMore = share({ serve, canary }, canary.serve) > share(before, canary.serve);
  return isMore || before?.canary?.serve !== canary.serve ? [...brought, canary.serve] : brought;
}

/** The version that callers of an alias get today: the tenant's own, or everybody's; null when they get none. */
export function servedToday(
  state: State,
  { prompt, alias, tenant }: Pick<PlacedArm, "prompt" | "alias" | "tenant">,
): string | null {
  const block = entryOf(state.prompts, prompt);
  const own = tenant === undefined ? undefined : entryOf(entryOf(block?.tenants, tenant)?.aliases, alias);
  return (own ?? entryOf(block?.aliases, alias))?.serve ?? null;
}
