import type { AuditRecord } from "../core/plan.js";
import { servedToday } from "../core/state/moves-between.js";
import type { State } from "../core/state/state.js";
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
