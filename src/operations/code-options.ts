import type { OptionSpec } from "./operation.js";
import type { CodeChoice } from "./validate-code.js";

/** The options that ask for the code to be judged. */
export const codeOptions: readonly OptionSpec[] = [
  {
    flags: "--git-commit <commit>",
    summary: "Judge the code of this commit against the prompts it may be served",
  },
  { flags: "--alias <alias>", summary: "Judge the code as if every call asked for this alias" },
  {
    flags: "--version <version>",
    summary: "Judge the code as if every call asked for this version or range",
  },
];

/** What the options choose; undefined when none was given. */
export function codeChoice({ gitCommit, alias, version }: CodeChoice): CodeChoice | undefined {
  const given = Object.entries({ gitCommit, alias, version }).filter(([, value]) => value !== undefined);
  return given.length === 0 ? undefined : Object.fromEntries(given);
}
