import { PromptSyncError, type ErrorCode } from "../../core/errors.js";
import { didYouMean } from "../../core/suggest.js";

/**
 * The error for a name that the state does not hold, with the nearest one that it does. A known name that lacks what
 * was asked of it gets a list of what it `has` instead.
 */
export function unknownEntry(
  code: ErrorCode,
  message: string,
  {
    name,
    known,
    has = [],
  }: { readonly name: string; readonly known: readonly string[]; readonly has?: readonly string[] },
): PromptSyncError {
  if (has.length > 0)
    return new PromptSyncError(code, message, { hint: `it has ${[...has].sort().join(", ")}` });
  const guess = didYouMean(name, known);
  const list = known.length === 0 ? "there is none yet" : `known: ${[...known].sort().join(", ")}`;
  return new PromptSyncError(code, message, { hint: guess === "" ? list : guess });
}
