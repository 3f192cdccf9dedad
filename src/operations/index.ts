import type { OperationTable } from "./table.js";

/** Everything PromptSync can do, in the order of the help. A command is one file and one line here. */
export const operations = {
  completion: {
    group: "Set up",
    summary: "Print a completion script for the shell",
    load: () => import("./completion.js"),
  },
} as const satisfies OperationTable;
