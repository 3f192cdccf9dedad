import { sourceUnreachable } from "./source-errors.js";

/** How long something may take, and who may end it sooner. */
export interface Deadline {
  /** How messages call what is waited for. */
  readonly label: string;
  /** The caller's wish to wait no longer. */
  readonly signal: AbortSignal;
  /** Milliseconds. */
  readonly timeoutMs: number;
}

/** The longest time that a timer of Node can wait, in milliseconds. */
const longest = 2 ** 31 - 1;

/**
 * Waits for work no longer than a deadline, also when the work does not notice that it was given up: its own signal
 * is aborted then.
 * @throws PromptSyncError `SOURCE_UNREACHABLE`, and what the work throws
 */
export async function within<T>(
  { label, signal, timeoutMs }: Deadline,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const own = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let onAbort = (): void => undefined;
  const givenUp = new Promise<never>((_, reject) => {
    const giveUp = (why: string, cause?: unknown): void => {
      reject(sourceUnreachable(label, why, { cause }));
      own.abort();
    };
    onAbort = () => {
      giveUp("was given up on: the caller waits no longer", signal.reason);
    };
    signal.addEventListener("abort", onAbort, { once: true });
    if (signal.aborted) onAbort();
    timer = setTimeout(
      () => {
        giveUp(`did not answer within ${String(timeoutMs / 1000)} s`);
      },
      Math.min(timeoutMs, longest),
    );
    timer.unref(); // what is waited for keeps the process alive, not the waiting
  });
  try {
    return await Promise.race([givenUp, own.signal.aborted ? givenUp : work(own.signal)]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
  }
}
