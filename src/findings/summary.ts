import type { Severity } from "../core/finding.js";
import type { Report, ReportedFinding } from "./report.js";

const order: readonly Severity[] = ["error", "warning", "info"];

/** The findings that count: those without a waiver. */
export function activeFindings({ findings }: Report): ReportedFinding[] {
  return findings.filter((finding) => finding.waiver === undefined);
}

/** Errors before warnings before notes, and in each what this change brought before what was there. */
export function worstAndNewestFirst(findings: readonly ReportedFinding[]): ReportedFinding[] {
  const rank = (finding: ReportedFinding): number =>
    order.indexOf(finding.severity) * 2 + (finding.introduced === "existing" ? 1 : 0);
  return findings.toSorted((a, b) => rank(a) - rank(b));
}

/** Puts findings together by file, in the order in which the files first appear. */
export function byFile(findings: readonly ReportedFinding[]): Map<string, ReportedFinding[]> {
  const groups = new Map<string, ReportedFinding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.file);
    if (group) group.push(finding);
    else groups.set(finding.file, [finding]);
  }
  return groups;
}

/** Writes a number and its noun: `1 error`, `2 errors`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** The last line of a report: `2 errors, 1 warning, 0 waived, 4 skipped in 31 versions of 12 prompts`. */
export function countLine(report: Report): string {
  const { errors, warnings, versions, prompts } = report.summary;
  const notes = activeFindings(report).filter((finding) => finding.severity === "info").length;
  const counts = [
    count(errors, "error"),
    count(warnings, "warning"),
    ...(notes > 0 ? [count(notes, "note")] : []),
    waivedCount(report),
    `${report.skipped?.length ?? 0} skipped`,
  ];
  return `${counts.join(", ")} in ${count(versions, "version")} of ${count(prompts, "prompt")}`;
}

/** `3 waived (1 expires in 6 days)`: the waivers that end first, and when. */
function waivedCount({ findings, waivers = [], date }: Report): string {
  const waived = findings.filter((finding) => finding.waiver !== undefined).length;
  const days = waivers.flatMap((waiver) => waiver.expires?.slice(0, 10) ?? []).toSorted();
  const [next] = days;
  if (waived === 0 || next === undefined) return `${waived} waived`;
  if (date === undefined) return `${waived} waived (until ${next} at the earliest)`;
  const left = Math.round((Date.parse(next) - Date.parse(date)) / 86_400_000); // ms
  const first = days.filter((day) => day === next).length;
  return `${waived} waived (${first} ${first === 1 ? "expires" : "expire"} ${left === 0 ? "today" : `in ${count(left, "day")}`})`;
}

/** Says what the tree was compared with: `compared with origin/main a1b2c3d (merge-base)`; empty without a base. */
export function baseLine({ base }: Report): string {
  return base === undefined ? "" : `compared with ${base.ref} ${base.sha.slice(0, 7)} (${base.how})`;
}

/** Says how much of the code could be judged: `41 of 46 calls resolved`; empty when no code was scanned. */
export function callsLine({ summary }: Report): string {
  const { calls, resolved } = summary;
  return calls === undefined || resolved === undefined
    ? ""
    : `${resolved} of ${count(calls, "call")} resolved`;
}

/** The calls that a change touches, as many as fit into a line: `3 call sites: src/a.ts:4:3, src/b.ts:9:1 and 1 more`. */
export function callersText(callers: readonly string[]): string {
  const shown = callers.slice(0, 3).join(", ");
  const more = callers.length > 3 ? ` and ${callers.length - 3} more` : "";
  return callers.length === 0 ? "no call sites" : `${count(callers.length, "call site")}: ${shown}${more}`;
}

/** Says which rules did not run, one line a reason. */
export function skippedLines({ skipped = [] }: Report): string[] {
  const reasons = [...new Set(skipped.map((entry) => entry.reason))];
  return reasons.map((reason) => {
    const rules = skipped.filter((entry) => entry.reason === reason).map((entry) => entry.rule);
    return `skipped (${reason}): ${rules.join(", ")}`;
  });
}
