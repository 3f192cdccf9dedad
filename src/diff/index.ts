import type { Printer } from "./print.js";

export { diffTexts } from "./diff-texts.js";
export { isDifferent, type VersionDiff } from "./model.js";

/** The formats of `diff --format` (and `stat` for `--stat`), each loaded when it is asked for. */
export const printers = {
  text: async (): Promise<Printer> => (await import("./text.js")).text,
  unified: async (): Promise<Printer> => (await import("./unified.js")).unified,
  json: async (): Promise<Printer> => (await import("./json.js")).json,
  md: async (): Promise<Printer> => (await import("./markdown.js")).markdown,
  html: async (): Promise<Printer> => (await import("./html.js")).html,
  stat: async (): Promise<Printer> => (await import("./stat.js")).stat,
} as const;

/** A key of {@link printers}. */
export type DiffFormat = keyof typeof printers;
