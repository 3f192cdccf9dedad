import type { Severity } from "../core/finding.js";
import { visible } from "../diff/visible.js";
import type { Printer, ReportedFinding } from "./report.js";
import { activeFindings, baseLine, count, countLine, skippedLines, worstAndNewestFirst } from "./summary.js";
import { placeOf } from "./text.js";

/** GitHub shows ten annotations of a level in a step and drops the rest. */
const mostPerLevel = 10;

/** The name of each severity in a workflow command. */
const commands = { error: "error", warning: "warning", info: "notice" } as const;

/**
 * Writes workflow commands, which GitHub shows beside the changed lines: the worst and newest, up to ten of a level.
 * What finds no place there stands in the log, and the tenth says how many that are.
 */
export const github: Printer = (report) => {
  const findings = worstAndNewestFirst(activeFindings(report));
  const annotated: string[] = [];
  const logged: string[] = [];
  for (const severity of Object.keys(commands) as Severity[]) {
    const level = findings.filter((finding) => finding.severity === severity);
    const rest = level.length - mostPerLevel;
    for (const [index, finding] of level.entries()) {
      const isLast = index === mostPerLevel - 1 && rest > 0;
      if (index < mostPerLevel)
        annotated.push(annotation(finding, isLast ? moreLine(rest, finding.severity) : ""));
      else logged.push(logLine(finding));
    }
  }
  const about = [baseLine(report), ...skippedLines(report), countLine(report)].filter((line) => line !== "");
  return [...annotated, ...logged, ...about.map((line) => visible(line))].join("\n");
};

function annotation(finding: ReportedFinding, more: string): string {
  const { file, line, column, endLine, endColumn } = finding;
  // GitHub takes columns only for a place within one line.
  const isOneLine = endLine === undefined || endLine === line;
  const properties = {
    file,
    line,
    ...(isOneLine && { col: column }),
    ...(endLine !== undefined && { endLine }),
    ...(isOneLine && endColumn !== undefined && { endColumn }),
    title: finding.rule,
  };
  const written = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  const hint = finding.hint === "" ? "" : `fix: ${visible(finding.hint)}`;
  const message = [visible(finding.message), hint, more].filter((part) => part !== "").join("\n");
  return `::${commands[finding.severity]} ${written.join(",")}::${escapeData(message)}`;
}

function moreLine(rest: number, severity: Severity): string {
  return `and ${count(rest, `more ${severity === "info" ? "note" : severity}`)}, listed in the log of this step`;
}

/** A finding in the log; the dash keeps a hostile path from being read as a command. */
function logLine(finding: ReportedFinding): string {
  return `- ${placeOf(finding)}  ${finding.severity}  ${finding.rule}  ${visible(finding.message)}`;
}

/** The escapes of GitHub's own toolkit for the text of a command. */
function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
