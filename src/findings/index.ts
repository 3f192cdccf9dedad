import type { Printer } from "./report.js";

export { blastRadius, type Touched } from "./blast-radius.js";
export type { Report, ReportedFinding } from "./report.js";

/** The formats of `validate --format`, each loaded when it is asked for. */
export const printers = {
  text: async (): Promise<Printer> => (await import("./text.js")).text,
  json: async (): Promise<Printer> => (await import("./json.js")).json,
  github: async (): Promise<Printer> => (await import("./github.js")).github,
  sarif: async (): Promise<Printer> => (await import("./sarif.js")).sarif,
  junit: async (): Promise<Printer> => (await import("./junit.js")).junit,
  md: async (): Promise<Printer> => (await import("./markdown.js")).markdown,
} as const;

/** A key of {@link printers}. */
export type FindingFormat = keyof typeof printers;
