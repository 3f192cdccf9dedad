import { entryOf, idsOf } from "../../state/state.js";
import { passedLine, type Decision } from "../decision.js";
import { servingFirst, type Candidate } from "../serving-first.js";
import type { Subject } from "../subject.js";

/** Serves what an open emergency asks for: of the whole prompt, or of the alias it names. The first by id wins. */
export function servesEmergency(subject: Subject, next: Decision): Decision {
  const { emergencies } = subject.catalog.state;
  const candidates = idsOf(emergencies).flatMap((id): readonly Candidate[] => {
    const entry = entryOf(emergencies, id);
    if (entry?.status !== "active" || entry.prompt !== subject.name) return [];
    const { serve: version, alias = null, label, reason } = entry;
    const path = ["emergencies", id];
    const detail = `emergency ${id} is open: ${label ?? reason ?? "no label"}`;
    const rule = `emergency.${id}`;
    const offer = { version, step: "emergency", rule, reason: "STATIC", detail, path, alias } as const;
    if (alias === null || alias === subject.alias) return [{ offer }];
    const otherwise = passedLine("emergency", `${id} is open for alias ${alias} only`, path);
    return [{ offer, condition: { holds: () => false, otherwise } }];
  });
  return servingFirst(subject, candidates, next);
}
