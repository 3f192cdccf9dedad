import { idsOf, entryOf } from "../../state/state.js";
import type { Decision } from "../decision.js";
import type { Resolution } from "../resolution.js";

/** Serves what an open emergency asks for: of the whole prompt, or of the alias it names. The first by id wins. */
export function servesEmergency(decision: Decision): Resolution | undefined {
  const { emergencies } = decision.catalog.state;
  if (emergencies === undefined) return undefined;
  for (const id of idsOf(emergencies)) {
    const entry = entryOf(emergencies, id);
    if (entry?.status !== "active" || entry.prompt !== decision.name) continue;
    if (entry.alias !== undefined && entry.alias !== decision.alias) {
      decision.pass("emergency", `${id} is open for alias ${entry.alias} only`, ["emergencies", id]);
      continue;
    }
    const served = decision.serve(entry.serve, {
      step: "emergency",
      rule: `emergency.${id}`,
      reason: "STATIC",
      detail: `emergency ${id} is open: ${entry.label ?? entry.reason ?? "no label"}`,
      path: ["emergencies", id],
      alias: entry.alias ?? null,
    });
    if (served) return served;
  }
  return undefined;
}
