import type { Config } from "../core/config.js";
import { PromptSyncError } from "../core/errors.js";
import { didYouMean } from "../core/suggest.js";
import type { SeverityOverrides } from "./lint.js";
import { ruleFacts, ruleIds } from "./index.js";
import { profiles } from "./profiles.js";

/**
 * The severities that the settings ask for, by rule: a rule goes before its category, the user before the profile.
 * @throws PromptSyncError `CONFIG_INVALID` for a key that is no profile, no category and no rule
 */
export function severities({ profile = "recommended", ...own }: Config["rules"]): SeverityOverrides {
  const categories = [...new Set(ruleFacts.map(({ category }) => category))];
  const known: readonly string[] = ["profile", ...categories, ...ruleIds];
  const unknown = Object.keys(own).find((key) => !known.includes(key));
  if (unknown !== undefined)
    throw new PromptSyncError("CONFIG_INVALID", `\`rules.${unknown}\` is no rule and no category`, {
      hint:
        didYouMean(unknown, known) ||
        `the categories are ${categories.join(", ")}; \`promptsync explain\` lists the rules`,
      file: ".promptsyncrc",
    });
  const given: SeverityOverrides = profiles[profile];
  const entries = ruleFacts.flatMap(({ id, category }) => {
    const severity = own[id] ?? own[category] ?? given[id] ?? given[category];
    return severity === undefined ? [] : [[id, severity] as const];
  });
  return Object.fromEntries(entries);
}
