import { passedLine, type Decision } from "../decision.js";
import { servingFirst, type Candidate } from "../serving-first.js";
import type { Subject } from "../subject.js";
import { testOf } from "../when.js";

/** Serves what the first rule asks for whose conditions all hold; rules stand by `order`, then by id. */
export function servesRule(subject: Subject, next: Decision): Decision {
  const rules = Object.entries(subject.state.rules ?? {});
  rules.sort(([a, one], [b, other]) => (one.order ?? 0) - (other.order ?? 0) || (a < b ? -1 : 1));
  const alias = subject.arm === undefined ? null : (subject.alias ?? null);
  const candidates = rules.map(([id, { when, serve: version }]): Candidate => {
    const path = subject.path("rules", id);
    const detail = `rule ${id} holds`;
    const rule = `rule.${id}`;
    const otherwise = passedLine("rule", `rule ${id} does not hold`, path);
    const offer = { version, step: "rule", rule, reason: "TARGETING_MATCH", detail, path, alias } as const;
    return { offer, condition: { holds: testOf(when), otherwise } };
  });
  return servingFirst(subject, candidates, next);
}
