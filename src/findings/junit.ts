import { escapeHtml } from "../diff/html-text.js";
import { visible } from "../diff/visible.js";
import type { Printer, ReportedFinding } from "./report.js";
import { byFile, countLine } from "./summary.js";
import { placeOf } from "./text.js";

interface Case {
  readonly outcome: "passed" | "failed" | "skipped";
  readonly xml: string;
}

/**
 * Writes JUnit XML: a suite a file, a case a finding. Only errors fail; warnings and notes pass with their text as
 * output; what is waived, and rules that could not run, are skipped. Without findings one case passes, because
 * many readers take an empty report for a mistake.
 */
export const junit: Printer = (report) => {
  const suites = [...byFile(report.findings)].map(([name, findings]) => ({
    name,
    cases: findings.map(caseOf),
  }));
  const rules = (report.skipped ?? []).map(({ rule, reason }) => skippedCase("rules", rule, reason));
  const run = caseXml("validate", countLine(report));
  if (suites.length === 0) rules.unshift({ outcome: "passed", xml: `${run}/>` });
  if (rules.length > 0) suites.push({ name: "validate", cases: rules });
  const all = suites.flatMap((suite) => suite.cases);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="promptsync validate"${countsOf(all)}>`,
    ...suites.flatMap(({ name, cases }) => [
      `<testsuite name=${quoted(name)}${countsOf(cases)}>`,
      ...cases.map((one) => one.xml),
      "</testsuite>",
    ]),
    "</testsuites>",
  ].join("\n");
};

function countsOf(cases: readonly Case[]): string {
  const number = (outcome: Case["outcome"]): number => cases.filter((one) => one.outcome === outcome).length;
  return ` tests="${cases.length}" failures="${number("failed")}" errors="0" skipped="${number("skipped")}"`;
}

function caseOf(finding: ReportedFinding): Case {
  const { rule, severity, message, hint, prompt, version, file, line, waiver } = finding;
  const owner = prompt === null ? file : version === null ? prompt : `${prompt}@${version}`;
  const name = `${rule}: ${message}`;
  if (waiver) return skippedCase(owner, name, `waived: ${waiver.reason}`);
  const open = `${caseXml(owner, name)} file=${quoted(file)} line="${line}">`;
  const place = `${placeOf(finding)}  ${severity}  ${rule}  ${visible(message)}`;
  const text = escapeHtml(hint === "" ? place : `${place}\nfix: ${visible(hint)}`);
  return severity === "error"
    ? {
        outcome: "failed",
        xml: `${open}<failure type=${quoted(rule)} message=${quoted(message)}>${text}</failure></testcase>`,
      }
    : { outcome: "passed", xml: `${open}<system-out>${text}</system-out></testcase>` };
}

function skippedCase(owner: string, name: string, reason: string): Case {
  return {
    outcome: "skipped",
    xml: `${caseXml(owner, name)}><skipped message=${quoted(reason)}/></testcase>`,
  };
}

/** The start of a case, open for more attributes. */
function caseXml(owner: string, name: string): string {
  return `<testcase classname=${quoted(owner)} name=${quoted(name)}`;
}

/** An attribute's value; XML has no way to write a control character, so they are shown. */
function quoted(text: string): string {
  return `"${escapeHtml(visible(text))}"`;
}
