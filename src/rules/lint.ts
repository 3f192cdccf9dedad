import type { Finding, Severity } from "../core/finding.js";
import type { Rule, Violation, World } from "./rule.js";

/** A severity for a category or a rule id; `off` leaves the rule out. The id wins. */
export type SeverityOverrides = Readonly<Record<string, Severity | "off">>;

/** Runs the rules on a world that holds every version, and returns what they find, sorted by place. */
export function lint(world: World, rules: readonly Rule[], overrides: SeverityOverrides = {}): Finding[] {
  const found = lintPrompts(world, rules, overrides);
  return [...found, ...lintRegistry(world, rules, { overrides, found })].sort(byPlace);
}

/** Runs what the rules say about prompts: all of a registry, or some at a time. */
export function lintPrompts(
  world: World,
  rules: readonly Rule[],
  overrides: SeverityOverrides = {},
): Finding[] {
  return rules.flatMap((rule) => findingsOf(rule, rule.checkPrompts?.(world) ?? [], overrides));
}

/** Runs what the rules say about the registry as a whole; `found` is what they found about its prompts. */
export function lintRegistry(
  world: World,
  rules: readonly Rule[],
  { overrides = {}, found }: { readonly overrides?: SeverityOverrides; readonly found: readonly Finding[] },
): Finding[] {
  const findings: Finding[] = [];
  for (const rule of rules)
    findings.push(...findingsOf(rule, rule.check?.(world, [...found, ...findings]) ?? [], overrides));
  return findings;
}

/** Generators run when they are asked: a rule that is off costs nothing. */
function findingsOf(
  { id: rule, category, severity: usual }: Rule,
  violations: Iterable<Violation>,
  overrides: SeverityOverrides,
): Finding[] {
  const asked = overrides[rule] ?? overrides[category];
  if (asked === "off") return [];
  return [...violations].map(({ prompt = null, version = null, severity = usual, ...violation }) => ({
    ...violation,
    rule,
    severity: asked ?? severity,
    prompt,
    version,
  }));
}

/** Orders findings by file, line, column and rule. */
export function byPlace(a: Finding, b: Finding): number {
  const [one, other] = [a.file, b.file];
  if (one !== other) return one < other ? -1 : 1;
  return a.line - b.line || a.column - b.column || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);
}
