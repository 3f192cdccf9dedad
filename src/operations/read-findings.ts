import type { Finding } from "../core/finding.js";
import { fingerprint } from "../core/fingerprint.js";
import { ruleIds, rules } from "../rules/index.js";
import type { MarkedFinding } from "../rules/judge.js";
import { byPlace, lintPrompts, lintRegistry, type SeverityOverrides } from "../rules/lint.js";
import type { World } from "../rules/rule.js";
import { severities } from "../rules/settings.js";
import type { Workspace } from "../store/workspace.js";
import { readWorld, type ReadWorld, type WorldRequest } from "./read-world.js";
import type { CodeChoice, CodeReport } from "./validate-code.js";

/** The world as it was read, and all that the rules find in it. */
export interface ReadFindings extends ReadWorld {
  readonly findings: readonly MarkedFinding[];
  /** What the code does, when it was asked for. */
  readonly code?: CodeReport;
}

/** What is to be judged, and who wants to know how far it is. */
export interface FindingsRequest extends Pick<WorldRequest, "base" | "staged" | "committed" | "today"> {
  /** The code to judge too: it is scanned without a checkout. */
  readonly code?: CodeChoice | undefined;
  /** Gets the number of versions that were judged, and of those there are. */
  readonly progress?: (done: number, total: number) => void;
}

/**
 * Reads the tree and its base and runs every rule, as the settings ask for it. Versions are read, judged and let go,
 * some prompts at a time.
 * @throws PromptSyncError `CONFIG_INVALID` for a rule or category that does not exist
 */
export async function readFindings(
  workspace: Workspace,
  { progress, code: choice, ...request }: FindingsRequest,
): Promise<ReadFindings> {
  let read = await readWorld(workspace, { ...request, ruleIds, isWhole: choice !== undefined });
  const overrides = severities(read.settings.config.rules);
  for (;;) {
    const found: Finding[] = [];
    let done = 0;
    for await (const part of read.parts()) {
      const ofPart = lintPrompts(part, rules, overrides);
      for (const finding of ofPart) found.push(finding);
      read.sound?.note(part, ofPart);
      done += part.versions.length;
      progress?.(done, read.size);
    }
    read.sound?.keep();
    const code =
      choice === undefined
        ? undefined
        : await codeReport(workspace, choice, { world: read.world, overrides });
    found.push(...(code?.findings ?? []));
    const world = code === undefined ? read.world : { ...read.world, code: code.world };
    const findings = [...found, ...lintRegistry(world, rules, { overrides, found })];
    const wider = read.widen?.();
    if (wider === undefined)
      return { ...read, world, findings: findings.map(marks).sort(byPlace), ...(code && { code }) };
    read = await wider;
  }
}

/** The scanner and its parsers are loaded when code is asked for. */
async function codeReport(
  workspace: Workspace,
  choice: CodeChoice,
  { world: { catalog, base }, overrides }: { readonly world: World; readonly overrides: SeverityOverrides },
): Promise<CodeReport> {
  const { validateCode } = await import("./validate-code.js");
  return validateCode(workspace, {
    ...choice,
    head: catalog,
    ...(base === undefined ? {} : { base: base.catalog }),
    overrides,
  });
}

/** A finding with what makes it recognisable in another run. */
function marks(finding: Finding): MarkedFinding {
  return { ...finding, category: finding.rule.split("-", 1)[0] ?? "", fingerprint: fingerprint(finding) };
}
