import { PromptSyncError, type ErrorCode } from "../../core/errors.js";
import { didYouMean } from "../../core/suggest.js";

/** The error for a name that the state does not hold, with the nearest one that it does. */
export function unknownEntry(
  code: ErrorCode,
  message: string,
  { name, known }: { readonly name: string; readonly known: readonly string[] },
): PromptSyncError {
  const guess = didYouMean(name, known);
  const list = known.length === 0 ? "there is none yet" : `known: ${[...known].sort().join(", ")}`;
  return new PromptSyncError(code, message, { hint: guess === "" ? list : guess });
}
