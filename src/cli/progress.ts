import type { Style } from "../operations/operation.js";
import type { Output } from "./terminal.js";

/** A line that appears when work takes longer than a second, and goes when something is said or the work ends. */
export interface Progress {
  readonly stop: () => void;
}

const patience = 1000; // ms

/**
 * Starts the wait for a line such as `promptsync push …`; without a terminal there is none. It is written once and
 * not redrawn, because git may be asking for a passphrase on the same line.
 */
export function startProgress(output: Output | undefined, words: string, style: Style): Progress {
  if (!output?.isTerminal) return { stop: () => undefined };
  let shown = false;
  const timer = setTimeout(() => {
    shown = true;
    output.write(style.dim(`${words} …`));
  }, patience);
  timer.unref();
  return {
    stop: () => {
      clearTimeout(timer);
      if (shown) output.write("\r\u001b[K");
      shown = false;
    },
  };
}
