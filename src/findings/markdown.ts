import { codeSpan, markdownText } from "../diff/markdown-text.js";
import type { Printer, Report, ReportedFinding } from "./report.js";
import {
  activeFindings,
  baseLine,
  callersText,
  callsLine,
  byFile,
  count,
  countLine,
  skippedLines,
  worstAndNewestFirst,
} from "./summary.js";

/** Bytes; GitHub drops a step summary above 1 MiB as a whole. */
const longest = 900 * 1024;

/** Writes a report for the comment of a pull request or the summary of a step: worst first, a section a file. */
export const markdown: Printer = (report) => {
  const findings = worstAndNewestFirst(activeFindings(report));
  const { errors, warnings } = report.summary;
  const verdict =
    errors + warnings === 0 ? "nothing to fix" : `${count(errors, "error")}, ${count(warnings, "warning")}`;
  const about = [baseLine(report), callsLine(report), ...skippedLines(report), countLine(report)].filter(
    (line) => line !== "",
  );
  const head = `### Prompts: ${verdict}`;
  const foot = about.map((line) => markdownText(line)).join("  \n");
  const touched = touchedSection(report);
  const room = longest - Buffer.byteLength([head, ...touched, foot].join("")) - 200;
  return [head, ...touched, ...sectionsOf(findings, room), foot].join("\n\n");
};

/** Rows of the blast radius that are shown. */
const mostTouched = 50;

/** Whom the change touches: a table of what serves something else, or nothing. */
function touchedSection({ touched = [] }: Report): string[] {
  if (touched.length === 0) return [];
  const isScanned = touched.some(({ callers }) => callers !== undefined);
  const rows = touched.slice(0, mostTouched).map(({ prompt, what, from, to, callers = [] }) => {
    const cells = [
      codeSpan(prompt),
      markdownText(what),
      markdownText(from ?? "–"),
      markdownText(to ?? "–"),
      ...(isScanned ? [markdownText(callersText(callers))] : []),
    ];
    return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  });
  const rest = touched.length - rows.length;
  const more = rest > 0 ? [`and ${rest} more`] : [];
  return [
    [
      "#### What this changes for users",
      "",
      `| prompt | served through | from | to |${isScanned ? " call sites |" : ""}`,
      `| --- | --- | --- | --- |${isScanned ? " --- |" : ""}`,
      ...rows,
    ].join("\n"),
    ...more,
  ];
}

/** As many sections as there is room for (bytes), and a line that counts what is left out. */
function sectionsOf(findings: readonly ReportedFinding[], room: number): string[] {
  const sections: string[] = [];
  let left = room;
  let written = 0;
  for (const [file, group] of byFile(findings)) {
    const items: string[] = [];
    left -= Buffer.byteLength(file) + 20;
    for (const finding of group) {
      const item = itemOf(finding);
      left -= Buffer.byteLength(item) + 1;
      if (left < 0) break;
      items.push(item);
    }
    if (items.length > 0) sections.push(`#### ${codeSpan(file)}\n\n${items.join("\n")}`);
    written += items.length;
    if (left < 0) break;
  }
  const rest = findings.length - written;
  if (rest > 0) sections.push(`${count(rest, "more finding")} left out; \`promptsync validate\` shows all.`);
  return sections;
}

function itemOf({ severity, rule, message, hint, line, column, introduced }: ReportedFinding): string {
  const existing = introduced === "existing" ? " (existing)" : "";
  const item = `- **${severity}** ${line}:${column} ${codeSpan(rule)} ${markdownText(message)}${existing}`;
  return hint === "" ? item : `${item}  \n  fix: ${markdownText(hint)}`;
}
