import callUnresolved from "./call-unresolved.js";
import type { CodeRule } from "./code-world.js";
import promptUnknown from "./prompt-unknown.js";
import variableMissing from "./variable-missing.js";
import variableUnknown from "./variable-unknown.js";
import versionHardcoded from "./version-hardcoded.js";

/** Every rule about code that uses prompts, in the order of the documentation. */
export const codeRules: readonly CodeRule[] = [
  promptUnknown,
  variableMissing,
  variableUnknown,
  versionHardcoded,
  callUnresolved,
];
