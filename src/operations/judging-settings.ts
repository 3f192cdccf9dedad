import type { Config } from "../core/config.js";
import { PromptSyncError } from "../core/errors.js";
import { jsonEquals, type JsonValue } from "../core/json.js";
import type { Base } from "../store/base/find-base.js";
import type { Workspace } from "../store/workspace.js";

/** The settings that a tree is judged by. */
export interface JudgingSettings {
  readonly config: Config;
  /** What the change brings that does not count yet, one sentence; undefined when everything counts. */
  readonly note?: string;
}

/** What decides whether something is a finding. */
const judging = ["rules", "periods", "bump"] as const;

/**
 * The settings that a change is judged by: those of the base, so that no change decides what is wrong with it. Where
 * the base has no registry yet, and on the base itself, those of the tree.
 * @throws PromptSyncError `BASE_NOT_FOUND` when the settings lead to another registry than the base's
 */
export async function judgingSettings(
  workspace: Workspace,
  { ref, sha }: Pick<Base, "ref" | "sha">,
): Promise<JudgingSettings> {
  const { config } = workspace;
  // What HEAD has, its user may edit: nothing is judged but his own next commit.
  if (sha === null || sha === workspace.repository.head.commit) return { config };
  const agreed = await workspace.settingsAt(sha);
  if (agreed === undefined) return { config };
  const differing = judging.filter((key) => !isSame(agreed[key], config[key]));
  const isMoved = agreed.registry !== config.registry;
  if (differing.length === 0 && !isMoved) return { config };
  if ((await workspace.registryTree(sha, agreed.registry)) === null) return { config };
  if (isMoved)
    throw new PromptSyncError(
      "BASE_NOT_FOUND",
      `\`registry\` is \`${config.registry}\` here and \`${agreed.registry}\` in ${ref}: versions cannot be compared`,
      { hint: "move the folder in a change of its own, and let somebody look at it" },
    );
  const keys = differing.map((key) => `\`${key}\``).join(" and ");
  const verb = differing.length === 1 ? "differs" : "differ";
  return {
    config: { ...config, rules: agreed.rules, periods: agreed.periods, bump: agreed.bump },
    note: `${keys} of .promptsyncrc ${verb} from ${ref}: what is merged counts, and the change once it is merged too`,
  };
}

function isSame(one: unknown, other: unknown): boolean {
  return jsonEquals(one as JsonValue, other as JsonValue);
}
