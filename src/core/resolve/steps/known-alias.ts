import { PromptSyncError } from "../../errors.js";
import { idsOf } from "../../state/state.js";
import { didYouMean } from "../../suggest.js";
import type { Decision } from "../decision.js";
import type { Subject } from "../subject.js";

/**
 * Serves nothing: stops when neither the prompt nor the tenant has the alias that the caller names, because a
 * silent fall to the default version would hide the mistake.
 * @throws PromptSyncError `ALIAS_NOT_FOUND`
 */
export function refusesUnknownAlias(subject: Subject, next: Decision): Decision {
  const { askedAlias, arm } = subject;
  if (askedAlias === undefined || arm !== undefined) return next;
  return (request, passed) => {
    const { tenant } = request;
    if (tenant === undefined || subject.armOf(tenant) === undefined) throw unknownAlias(subject, askedAlias);
    return next(request, passed);
  };
}

function unknownAlias({ name, state }: Subject, alias: string): PromptSyncError {
  const known = idsOf(state.aliases);
  const guess = didYouMean(alias, known);
  const list = known.length === 0 ? "it has no aliases" : `it has ${known.join(", ")}`;
  return new PromptSyncError("ALIAS_NOT_FOUND", `prompt \`${name}\` has no alias \`${alias}\``, {
    hint: `${guess === "" ? "" : `${guess} `}${list}; \`promptsync alias set ${alias} ${name}\` makes one`,
  });
}
