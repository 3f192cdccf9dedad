import { PromptSyncError } from "../../errors.js";
import { idsOf } from "../../state/state.js";
import { didYouMean } from "../../suggest.js";
import type { Decision } from "../decision.js";

/**
 * Serves nothing: stops when neither the prompt nor the tenant has the alias that the caller names, because a
 * silent fall to the default version would hide the mistake.
 * @throws PromptSyncError `ALIAS_NOT_FOUND`
 */
export function refusesUnknownAlias(decision: Decision): undefined {
  const { askedAlias, name, state } = decision;
  if (askedAlias === undefined || decision.aliasArm !== undefined || decision.tenantArm !== undefined) return;
  const known = idsOf(state.aliases);
  const guess = didYouMean(askedAlias, known);
  const list = known.length === 0 ? "it has no aliases" : `it has ${known.join(", ")}`;
  throw new PromptSyncError("ALIAS_NOT_FOUND", `prompt \`${name}\` has no alias \`${askedAlias}\``, {
    hint: `${guess === "" ? "" : `${guess} `}${list}; \`promptsync alias set ${askedAlias} ${name}\` makes one`,
  });
}
