import { comparePrompts } from "../compare/index.js";
import type { Finding } from "../core/finding.js";
import { fingerprint } from "../core/fingerprint.js";
import { ruleIds, rules } from "../rules/index.js";
import type { MarkedFinding } from "../rules/judge.js";
import { lint } from "../rules/lint.js";
import { severities } from "../rules/settings.js";
import type { Workspace } from "../store/workspace.js";
import { readWorld, type ReadWorld, type WorldRequest } from "./read-world.js";
import { templateOptions } from "./template-options.js";

/** The world as it was read, and all that the rules find in it. */
export interface ReadFindings extends ReadWorld {
  readonly findings: readonly MarkedFinding[];
}

/**
 * Reads the tree and its base and runs every rule, as the settings ask for it.
 * @throws PromptSyncError `CONFIG_INVALID` for a rule or category that does not exist
 */
export async function readFindings(
  workspace: Workspace,
  request: Pick<WorldRequest, "base" | "staged" | "today">,
): Promise<ReadFindings> {
  const { config } = workspace;
  const overrides = severities(config.rules);
  const isStrict = config.rules.profile === "strict";
  const read = await readWorld(workspace, {
    ...request,
    ruleIds,
    compare: (load) => (before, after) =>
      comparePrompts(before, after, {
        ...config.bump,
        ...(isStrict ? { reader: "exact" } : {}),
        template: { ...templateOptions(config.engine), load },
      }),
  });
  return { ...read, findings: lint(read.world, rules, overrides).map(marks) };
}

/** A finding with what makes it recognisable in another run. */
export function marks(finding: Finding): MarkedFinding {
  return { ...finding, category: finding.rule.split("-", 1)[0] ?? "", fingerprint: fingerprint(finding) };
}
