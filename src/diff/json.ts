import type { Printer } from "./print.js";

/** Writes the document that `--json` prints. */
export const json: Printer = (diffs) => JSON.stringify({ diffs }, null, 2);
