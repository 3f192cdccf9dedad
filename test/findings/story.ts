import type { PrintOptions, Report, ReportedFinding } from "../../src/findings/report.js";

const plain = (text: string): string => text;

export const options: PrintOptions = {
  style: { red: plain, yellow: plain, green: plain, dim: plain },
  toolVersion: "0.1.0",
  rules: [
    {
      id: "template-variable-undeclared",
      title: "Every variable is declared",
      why: "A variable that nobody declares is never passed.",
      severity: "error",
    },
    {
      id: "bump-gap",
      title: "Versions skip no number",
      why: "A gap looks like a version that was lost.",
      severity: "warning",
    },
  ],
};

/** A variable with a typing mistake; every part can be replaced. */
export function finding(parts: Partial<ReportedFinding> = {}): ReportedFinding {
  return {
    rule: "template-variable-undeclared",
    severity: "error",
    message: "`custmer` is not declared",
    hint: "did you mean `customer`?",
    prompt: "qualify-lead",
    version: "1.1.0",
    file: "prompt-templates/task/qualify-lead/1.1.0.md",
    line: 9,
    column: 3,
    data: { variable: "custmer" },
    ...parts,
  };
}

export const gap: ReportedFinding = finding({
  rule: "bump-gap",
  severity: "warning",
  message: "`1.2.0` is followed by `1.4.0`",
  hint: "rename it to `1.3.0`",
  prompt: "welcome",
  version: "1.4.0",
  file: "prompt-templates/support/welcome/1.4.0.md",
  line: 1,
  column: 1,
  data: { expected: "1.3.0" },
});

export const waived: ReportedFinding = finding({
  message: "`tone` is not declared",
  waiver: { rule: "template-variable-undeclared", target: "qualify-lead", reason: "goes away with 2.0.0" },
});

/** A report that counts its own findings. */
export function report(findings: readonly ReportedFinding[], parts: Partial<Report> = {}): Report {
  const count = (severity: string): number =>
    findings.filter((one) => one.severity === severity && !one.waiver).length;
  return {
    ok: count("error") === 0,
    summary: { prompts: 12, versions: 31, errors: count("error"), warnings: count("warning") },
    findings,
    ...parts,
  };
}

/** A text that tries everything. */
export const evil = `"'><script>]]>&%::,\r\n\u001b[2J\u202e\u0000@dana \`x`;
