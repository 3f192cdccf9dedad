import type { Style } from "../operations/operation.js";
import type { Output } from "./terminal.js";

/** A line that appears when work takes longer than a second, and goes when something is said or the work ends. */
export interface Progress {
  readonly stop: () => void;
  /** Puts words of the work itself into the line, a few times a second at most. */
  readonly update: (words: string) => void;
}

const patience = 1000; // ms
const pace = 200; // ms

/**
 * Starts the wait for a line such as `promptsync push …`; without a terminal there is none. It is redrawn only by work
 * that says how far it is, because git may be asking for a passphrase on the same line.
 */
export function startProgress(output: Output | undefined, words: string, style: Style): Progress {
  if (!output?.isTerminal) return { stop: () => undefined, update: () => undefined };
  let shown = false;
  let next = Date.now() + patience;
  const draw = (text: string): void => {
    output.write(`${shown ? "\r\u001b[K" : ""}${style.dim(`${text} …`)}`);
    shown = true;
  };
  const timer = setTimeout(() => {
    draw(words);
  }, patience);
  timer.unref();
  return {
    update: (text) => {
      if (Date.now() < next) return;
      next = Date.now() + pace;
      clearTimeout(timer);
      draw(`${words}: ${text}`.slice(0, (output.columns ?? 80) - 3));
    },
    stop: () => {
      clearTimeout(timer);
      if (shown) output.write("\r\u001b[K");
      shown = false;
    },
  };
}
