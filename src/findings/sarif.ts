import { visible } from "../diff/visible.js";
import { fingerprint } from "../core/fingerprint.js";
import type { Printer, Report, ReportedFinding, RuleDescription } from "./report.js";

/** The name of each severity in SARIF. */
const levels = { error: "error", warning: "warning", info: "note" } as const;

/** Writes SARIF 2.1.0, which code scanning of GitHub, GitLab, Azure DevOps and editors read. */
export const sarif: Printer = (report, { rules, toolVersion }) => {
  const descriptors = [...rules, ...undescribed(report, rules)].map(descriptorOf);
  const indexes = new Map(descriptors.map(({ id }, index) => [id, index]));
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "PromptSync", semanticVersion: toolVersion, rules: descriptors } },
        columnKind: "utf16CodeUnits",
        invocations: [invocationOf(report)],
        results: report.findings.map((finding) => resultOf(finding, indexes.get(finding.rule) ?? -1)),
      },
    ],
  };
  return JSON.stringify(log, null, 2);
};

/** Stand-ins for the rules of findings that the list does not describe: readers want every rule described. */
function undescribed({ findings }: Report, rules: readonly RuleDescription[]): RuleDescription[] {
  const known = new Set(rules.map((rule) => rule.id));
  const missing = findings.filter((finding) => !known.has(finding.rule));
  const bySeverity = new Map(missing.map(({ rule, severity }) => [rule, severity]));
  return [...bySeverity].map(([id, severity]) => ({ id, title: id, why: id, severity }));
}

function descriptorOf({ id, title, why, severity }: RuleDescription) {
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: { text: `${why}\n\nRun \`promptsync explain ${id}\` for examples.` },
    defaultConfiguration: { level: levels[severity] },
  };
}

/** Rules that could not run are told as notifications: a run without results is not a clean bill then. */
function invocationOf({ skipped = [] }: Report): object {
  const notifications = skipped.map(({ rule, reason }) => ({
    level: "warning",
    message: { text: messageText(`${rule} was skipped: ${reason}`) },
    associatedRule: { id: rule },
  }));
  return {
    executionSuccessful: true,
    ...(notifications.length > 0 && { toolConfigurationNotifications: notifications }),
  };
}

function resultOf(finding: ReportedFinding, ruleIndex: number): object {
  const { rule, severity, message, hint, prompt, version, introduced, waiver } = finding;
  return {
    ruleId: rule,
    ruleIndex,
    level: levels[severity],
    message: { text: messageText(message) + (hint === "" ? "" : `\nfix: ${messageText(hint)}`) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(finding.file), uriBaseId: "%SRCROOT%" },
          region: regionOf(finding),
        },
        ...(prompt !== null && {
          logicalLocations: [{ fullyQualifiedName: version === null ? prompt : `${prompt}@${version}` }],
        }),
      },
    ],
    partialFingerprints: { "promptsync/v1": finding.fingerprint ?? fingerprint(finding) },
    ...(introduced !== undefined && { baselineState: introduced === "new" ? "new" : "unchanged" }),
    ...(waiver && { suppressions: [{ kind: "external", justification: waiver.reason }] }),
  };
}

function regionOf({ line, column, endLine, endColumn }: ReportedFinding): object {
  return {
    startLine: line,
    startColumn: column,
    ...(endLine !== undefined && { endLine }),
    ...(endColumn !== undefined && { endColumn }),
  };
}

/** Text of a message; `[words](address)` would be a link there. */
function messageText(text: string): string {
  return visible(text).replaceAll("](", "\\](");
}

function uriOf(path: string): string {
  // A lone surrogate has no percent-encoding.
  const wellFormed = path.replace(/\p{Cs}/gu, "\ufffd");
  return wellFormed.split("/").map(encodeURIComponent).join("/");
}
