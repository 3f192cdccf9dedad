import { PromptSyncError, type ErrorCode, type ErrorDetails } from "../core/errors.js";

/** How white space around tags is treated; the names and the defaults (all false) are Jinja's. */
export interface Whitespace {
  /** Removes the first line break after a statement or comment tag. */
  readonly trimBlocks?: boolean;
  /** Removes blanks between the start of a line and a statement or comment tag. */
  readonly lstripBlocks?: boolean;
  /** Keeps the one line break that may end the source. */
  readonly keepTrailingNewline?: boolean;
}

/** The text of one template, and what turns an offset into a line and a column. */
export class Source {
  readonly text: string;
  #lineStarts: readonly number[] | undefined;

  /** `name` is null for the template that was parsed itself; includes carry the name they were loaded by. */
  constructor(
    text: string,
    readonly name: string | null,
    keepTrailingNewline: boolean,
  ) {
    const unix = text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
    this.text = !keepTrailingNewline && unix.endsWith("\n") ? unix.slice(0, -1) : unix;
  }

  /** Line and column of an offset, both 1-based. */
  place(at: number): { readonly line: number; readonly column: number } {
    const starts = (this.#lineStarts ??= lineStartsOf(this.text));
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= at) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: at - (starts[low] ?? 0) + 1 };
  }

  /** An error at an offset of this template. */
  error(code: ErrorCode, message: string, details: ErrorDetails & { readonly at: number }): PromptSyncError {
    const { at, ...rest } = details;
    const file = this.name ?? undefined;
    return new PromptSyncError(code, message, { file, ...rest, ...this.place(at) });
  }
}

/** The offsets where lines begin. */
function lineStartsOf(text: string): number[] {
  const starts = [0];
  for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", end + 1)) starts.push(end + 1);
  return starts;
}
