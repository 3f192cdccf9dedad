import type { VersionDiff } from "./model.js";

/** Colours with a meaning; identity functions when colour is off. */
export interface Colours {
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly green: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly bold: (text: string) => string;
  readonly cyan: (text: string) => string;
}

/** The files a patch is between, relative to the repository root; null when the patch makes the file. */
export interface PatchPaths {
  readonly before: string | null;
  readonly after: string;
}

/** What a printer may ask for beside the diffs; each takes what it needs. */
export interface PrintOptions {
  readonly style: Colours;
  /** Names the files of a patch; `<name>/<version>.md` when left out. */
  readonly paths?: (diff: VersionDiff) => PatchPaths;
}

/** Writes diffs in one format; the text has no trailing line break. */
export type Printer = (diffs: readonly VersionDiff[], options: PrintOptions) => string;

/** What the printers for people say when nothing differs. */
export const noDifferences = "no differences";
