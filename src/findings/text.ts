import { visible } from "../diff/visible.js";
import type { Colours, Printer, Report, ReportedFinding } from "./report.js";
import { activeFindings, baseLine, callersText, callsLine, countLine, skippedLines } from "./summary.js";

/** Writes one line a finding, for people and for grep; what to do stands indented below it. */
export const text: Printer = (report, { style }) => {
  const findings = activeFindings(report).map((finding) => lineOf(finding, style));
  const about = [
    baseLine(report),
    ...touchedLines(report),
    callsLine(report),
    ...skippedLines(report),
  ].filter((line) => line !== "");
  const { errors, warnings } = report.summary;
  const colour = errors > 0 || !report.ok ? style.red : warnings > 0 ? style.yellow : style.green;
  const end = [...about.map((line) => style.dim(visible(line))), colour(countLine(report))];
  return [...findings, ...(findings.length > 0 ? [""] : []), ...end].join("\n");
};

function lineOf(finding: ReportedFinding, style: Colours): string {
  const severity = { error: style.red, warning: style.yellow, info: style.dim }[finding.severity](
    finding.severity,
  );
  const existing = finding.introduced === "existing" ? style.dim("  (existing)") : "";
  const line = [placeOf(finding), severity, finding.rule, visible(finding.message)].join("  ") + existing;
  return finding.hint === "" ? line : `${line}\n    fix: ${visible(finding.hint)}`;
}

/** Lines about the blast radius that are shown. */
const mostTouched = 20;

/** Which calls are served something else, when the code was scanned: what changes alone says the diff of the state. */
function touchedLines({ touched = [] }: Report): string[] {
  const lines = touched.flatMap(({ prompt, what, from, to, callers }) =>
    callers === undefined
      ? []
      : [`${prompt}, ${what}: ${from ?? "nothing"} → ${to ?? "nothing"} for ${callersText(callers)}`],
  );
  const more = lines.length - mostTouched;
  return more > 0 ? [...lines.slice(0, mostTouched), `and ${more} more`] : lines;
}

/** Writes `path:line:column`. */
export function placeOf({ file, line, column }: ReportedFinding): string {
  return `${visible(file)}:${line}:${column}`;
}
