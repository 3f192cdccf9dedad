import { ErrorCode } from "@openfeature/server-sdk";
import { isPromptSyncError, type ErrorCode as OurCode } from "../../core/errors.js";

const codes: Partial<Record<OurCode, ErrorCode>> = {
  PROMPT_NOT_FOUND: ErrorCode.FLAG_NOT_FOUND,
  VERSION_NOT_FOUND: ErrorCode.FLAG_NOT_FOUND,
  ALIAS_NOT_FOUND: ErrorCode.FLAG_NOT_FOUND,
  NO_VERSION: ErrorCode.FLAG_NOT_FOUND,
  NAME_INVALID: ErrorCode.FLAG_NOT_FOUND,
  REFERENCE_INVALID: ErrorCode.FLAG_NOT_FOUND,
  TARGETING_KEY_MISSING: ErrorCode.TARGETING_KEY_MISSING,
  VARIABLE_INVALID: ErrorCode.INVALID_CONTEXT,
  TEMPLATE_UNDEFINED: ErrorCode.INVALID_CONTEXT,
  TEMPLATE_TYPE: ErrorCode.INVALID_CONTEXT,
  TEMPLATE_SYNTAX: ErrorCode.PARSE_ERROR,
  TEMPLATE_INCLUDE: ErrorCode.PARSE_ERROR,
  PROMPT_INVALID: ErrorCode.PARSE_ERROR,
  STATE_INVALID: ErrorCode.PARSE_ERROR,
};

/** An error in OpenFeature's words; the message keeps our hint. */
export function errorOf(error: unknown): { readonly errorCode: ErrorCode; readonly errorMessage: string } {
  if (!isPromptSyncError(error))
    return {
      errorCode: ErrorCode.GENERAL,
      errorMessage: error instanceof Error ? error.message : String(error),
    };
  const hint = error.hint === undefined ? "" : ` (${error.hint})`;
  return { errorCode: codes[error.code] ?? ErrorCode.GENERAL, errorMessage: `${error.message}${hint}` };
}
