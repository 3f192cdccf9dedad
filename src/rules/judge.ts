import type { Finding, Severity } from "../core/finding.js";
import type { World } from "./rule.js";
import { matchingWaiver, type ActiveWaiver } from "./waivers.js";

/** A finding with what makes it recognisable in another run. */
export interface MarkedFinding extends Finding {
  readonly category: string;
  readonly fingerprint: string;
}

/** A finding and what it means for this run. */
export interface JudgedFinding extends MarkedFinding {
  /** `existing` when the base has it too and nobody can mend it: merged versions never change. */
  readonly introduced: "new" | "existing";
  readonly waiver?: ActiveWaiver;
  /** Whether it decides the exit code. */
  readonly blocks: boolean;
}

const ranks: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 };

/** The categories whose findings on merged versions have no legal edit. */
const frozen = ["layout", "schema", "template", "bump"];

/** Says of each finding whether it is new, waived, and at or above the severity that fails. */
export function judge(
  findings: readonly MarkedFinding[],
  { base }: Pick<World, "base">,
  options: { readonly failOn: Severity; readonly waivers: readonly ActiveWaiver[] },
): JudgedFinding[] {
  const changed = new Set(base?.changes.filter(({ status }) => status !== "deleted").map(({ path }) => path));
  const merged = new Set<string>();
  for (const { versions } of base?.catalog.prompts.values() ?? [])
    for (const { path } of versions) merged.add(path);
  return findings.map((finding) => {
    const isFrozen =
      frozen.includes(finding.category) && merged.has(finding.file) && !changed.has(finding.file);
    const waiver = matchingWaiver(finding, options.waivers);
    const isBad = ranks[finding.severity] >= ranks[options.failOn];
    return {
      ...finding,
      introduced: isFrozen ? "existing" : "new",
      ...(waiver === undefined ? {} : { waiver }),
      blocks: isBad && !isFrozen && waiver === undefined,
    };
  });
}
