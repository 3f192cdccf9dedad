import type { Finding, Severity } from "../core/finding.js";
import type { Rule, World } from "./rule.js";

/** A severity for a category or a rule id; `off` leaves the rule out. The id wins. */
export type SeverityOverrides = Readonly<Record<string, Severity | "off">>;

/** Runs the rules and returns what they find, sorted by place. */
export function lint(world: World, rules: readonly Rule[], overrides: SeverityOverrides = {}): Finding[] {
  const findings: Finding[] = [];
  for (const rule of rules) {
    const asked = overrides[rule.id] ?? overrides[rule.category];
    if (asked === "off") continue;
    const { id, severity: usual } = rule;
    for (const { prompt = null, version = null, severity = usual, ...violation } of rule.check(world, [
      ...findings,
    ])) {
      findings.push({ ...violation, rule: id, severity: asked ?? severity, prompt, version });
    }
  }
  return findings.sort(byPlace);
}

/** Orders findings by file, line, column and rule. */
export function byPlace(a: Finding, b: Finding): number {
  const [one, other] = [a.file, b.file];
  if (one !== other) return one < other ? -1 : 1;
  return a.line - b.line || a.column - b.column || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);
}
