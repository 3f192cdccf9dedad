import type { Finding } from "../../core/finding.js";
import type { SeverityOverrides } from "../lint.js";
import type { CodeWorld } from "./code-world.js";
import { codeRules } from "./index.js";

/** Runs the rules about code and returns what they find, sorted by place. A severity of the settings goes first. */
export function lintCode(world: CodeWorld, overrides: SeverityOverrides = {}): Finding[] {
  const findings: Finding[] = [];
  for (const { id, category, severity: usual, check } of codeRules) {
    const asked = overrides[id] ?? overrides[category];
    if (asked === "off") continue;
    for (const { prompt = null, version = null, severity = usual, ...violation } of check(world))
      findings.push({ ...violation, rule: id, severity: asked ?? severity, prompt, version });
  }
  return findings.sort(
    (a, b) => compare(a.file, b.file) || a.line - b.line || a.column - b.column || compare(a.rule, b.rule),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
