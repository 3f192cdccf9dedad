import type { OperationTable } from "./table.js";

/** Everything PromptSync can do, in the order of the help. A command is one file and one line here. */
export const operations = {
  completion: {
    group: "Set up",
    summary: "Print a completion script for the shell",
    load: () => import("./completion.js"),
  },
  complete: {
    summary: "Print what a shell can complete",
    hidden: true,
    load: () => import("./complete.js"),
  },
} as const satisfies OperationTable;
