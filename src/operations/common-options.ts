import type { Operation, OptionSpec } from "./operation.js";

/** What every command takes, before and after its words. */
export const globalOptions: readonly OptionSpec[] = [
  { flags: "-C <dir>", summary: "Run as if started in this folder" },
  { flags: "--config <file>", summary: "Read the settings from this file" },
  { flags: "--json", summary: "Print one JSON document" },
  { flags: "--no-color", summary: "Print without colour" },
  { flags: "-q, --quiet", summary: "Print only the answer" },
];

/** What every writing command takes; `WriteInput` is the same list for the compiler. */
const writeOptions: readonly OptionSpec[] = [
  { flags: "--dry-run", summary: "Show the change and write nothing" },
  { flags: "-m, --message <text>", summary: "Set the subject of the commit" },
  { flags: "--reason <text>", summary: "Record why, for the audit trail" },
  { flags: "--no-commit", summary: "Leave the change in the working tree" },
  { flags: "--remote", summary: "Publish the commit; fetch and try again when somebody was faster" },
];

const longFlag = (option: OptionSpec) => /--[\w-]+/.exec(option.flags)?.[0];

/** The options for writing that an operation does not declare in its own words. */
export function writeOptionsOf({ writes = false, options = [] }: Operation): readonly OptionSpec[] {
  const own = new Set(options.map(longFlag));
  return writes ? writeOptions.filter((option) => !own.has(longFlag(option))) : [];
}
