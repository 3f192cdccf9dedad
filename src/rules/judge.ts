import type { Finding, Severity } from "../core/finding.js";
import { jsonEquals } from "../core/json.js";
import { placeFile } from "../core/layout.js";
import { isRegrouped } from "./immutable/moved.js";
import nameDuplicate from "./layout/name-duplicate.js";
import { pointerTo, valueAt } from "./registry/entry.js";
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

/** How a run decides about findings. */
export interface JudgeOptions {
  readonly failOn: Severity;
  readonly waivers: readonly ActiveWaiver[];
  /** The ids of rules that look at the day. */
  readonly dateRules: readonly string[];
}

/**
 * Says of each finding whether it is new, waived, and at or above the severity that fails. Merged versions have no
 * legal edit, and a day that passed is no fault of the change that is judged: neither blocks.
 */
export function judge(
  findings: readonly MarkedFinding[],
  world: Pick<World, "base" | "catalog">,
  options: JudgeOptions,
): JudgedFinding[] {
  const isFrozen = frozenFiles(world);
  return findings.map((finding) => {
    const isOld =
      (isAboutFile(finding) && isFrozen(finding.file)) ||
      (options.dateRules.includes(finding.rule) && !touches(world, finding));
    const waiver = matchingWaiver(finding, options.waivers);
    const isBad = ranks[finding.severity] >= ranks[options.failOn];
    return {
      ...finding,
      introduced: isOld ? "existing" : "new",
      ...(waiver === undefined ? {} : { waiver }),
      blocks: isBad && !isOld && waiver === undefined,
    };
  });
}

/**
 * Says whether a finding is about what its file says, and so as old as the file. What became of a merged version, and
 * which of two folders with one name counts, a change of other files brings about.
 */
function isAboutFile({ category, rule }: MarkedFinding): boolean {
  return category !== "immutable" && rule !== nameDuplicate.id;
}

/** Says of a file whether it is a version that is merged as it stands. */
function frozenFiles({ base }: Pick<World, "base">): (file: string) => boolean {
  if (base === undefined) return () => false;
  const { registry, prompts } = base.catalog;
  const changes = new Map(base.changes.map((change) => [change.path, change]));
  return (file) => {
    const change = changes.get(file);
    if (change !== undefined && isRegrouped(change, base)) return true;
    if (change !== undefined && change.status !== "deleted") return false;
    const place = placeFile({ path: file.slice(registry.length + 1), mode: "file" });
    const prompt = place.kind === "version" ? prompts.get(place.name) : undefined;
    return prompt?.versions.some(({ path }) => path === file) === true;
  };
}

/** Says whether the change touches the entry that a finding is about; on the base itself every entry counts. */
function touches(
  { base, catalog }: Pick<World, "base" | "catalog">,
  { data, prompt, version }: Finding,
): boolean {
  const pointer = data?.["pointer"];
  if (base?.isDiff !== true || typeof pointer !== "string") return true;
  const [was, is] = [base.catalog.state, catalog.state];
  const entry = pointer.replace(/\/(serve|expires|post_mortem_due|deadline)$/, "");
  if (entry.startsWith("/waivers/"))
    return !(was.waivers ?? []).some((waiver) => jsonEquals(waiver, valueAt(is, entry)));
  const also = pointerTo(["prompts", prompt ?? "", "deprecations", version ?? ""]);
  return [entry, also].some((it) => !jsonEquals(valueAt(was, it), valueAt(is, it)));
}
