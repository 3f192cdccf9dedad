import type { Printer } from "./report.js";

/** Writes the document that `--json` prints. */
export const json: Printer = (report) => JSON.stringify(report, null, 2);
