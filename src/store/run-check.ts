import { createOutput, type Output } from "./check-output.js";
import { PromptSyncError } from "../core/errors.js";

/** A program to start: its words, or one line for a shell. */
export type Program = readonly [string, ...string[]] | { readonly shell: string };

/** How a check runs. */
export interface CheckRun {
  /** The folder it stands in, absolute. */
  readonly directory: string;
  /** Its whole environment. */
  readonly environment: NodeJS.ProcessEnv;
  /** ms. */
  readonly timeout: number;
  /** Gets the lines that it prints, stdout and stderr together, while it runs. */
  readonly onLine: (line: string) => void;
}

/** How a check ended. */
export interface CheckResult {
  /** Null when it was stopped or a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly timedOut: boolean;
  /** The end of what it printed to stdout, see {@link Output}. */
  readonly stdout: string;
  /** ms. */
  readonly took: number;
}

/** How long a check that was told to stop may take to do so, in ms. */
const grace = 2000;

/**
 * Runs a check to its end; the only place that starts a program that is not git. It gets a process group of its own,
 * so that a check that is over time, or ours being interrupted, ends what the check has started too.
 * @throws PromptSyncError `FILE_NOT_FOUND` when there is no such program
 */
export async function runCheck(program: Program, run: CheckRun): Promise<CheckResult> {
  const { execa } = await import("execa");
  const options = {
    cwd: run.directory,
    env: run.environment,
    extendEnv: false,
    stdin: "ignore",
    buffer: false,
    reject: false,
    detached: process.platform !== "win32",
  } as const;
  const start = performance.now();
  const child =
    "shell" in program
      ? execa(program.shell, { ...options, shell: true })
      : execa(program[0], program.slice(1), options);
  const stdout = createOutput(run.onLine);
  const stderr = createOutput(run.onLine);
  child.stdout.setEncoding("utf8").on("data", stdout.add);
  child.stderr.setEncoding("utf8").on("data", stderr.add);

  const end = endOf(child);
  const release = whenWeEnd(end.now);
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    end.softly();
  }, run.timeout);
  const result = await child;
  clearTimeout(timer);
  end.done();
  release();
  if (result.failed && result.exitCode === undefined && result.signal === undefined && !timedOut)
    throw notStarted(program, result);
  return {
    exitCode: timedOut ? null : (result.exitCode ?? null),
    signal: result.signal ?? null,
    timedOut,
    stdout: finish(stdout, stderr),
    took: performance.now() - start,
  };
}

interface Child {
  readonly pid?: number;
  readonly kill: (signal?: NodeJS.Signals) => boolean;
  readonly stdout: { destroy: () => unknown };
  readonly stderr: { destroy: () => unknown };
}

/** The ways to end a program with all that it has started. */
function endOf(child: Child) {
  const send = (signal: NodeJS.Signals): void => {
    try {
      if (process.platform === "win32" || child.pid === undefined) child.kill(signal);
      else process.kill(-child.pid, signal);
    } catch {
      // It has ended already.
    }
  };
  let force: NodeJS.Timeout | undefined;
  const now = (): void => {
    send("SIGKILL");
    // A process that left the group may hold the pipes open.
    child.stdout.destroy();
    child.stderr.destroy();
  };
  return {
    now,
    softly: () => {
      send("SIGTERM");
      force = setTimeout(now, grace);
    },
    done: () => {
      clearTimeout(force);
    },
  };
}

/** Does something when this process ends or is told to; returns how to take that back. */
function whenWeEnd(act: () => void): () => void {
  const signals = ["SIGTERM", "SIGHUP"] as const; // SIGINT ends us through `exit`
  const pass = (signal: NodeJS.Signals): void => {
    act();
    process.kill(process.pid, signal); // the listener is gone: now it ends us
  };
  process.once("exit", act);
  for (const signal of signals) process.once(signal, pass);
  return () => {
    process.removeListener("exit", act);
    for (const signal of signals) process.removeListener(signal, pass);
  };
}

function finish(stdout: Output, stderr: Output): string {
  stderr.end();
  return stdout.end();
}

function notStarted(program: Program, cause: unknown): PromptSyncError {
  const name = "shell" in program ? program.shell : program[0];
  return new PromptSyncError("FILE_NOT_FOUND", `the check \`${name}\` could not be started`, {
    hint: "see that the program is installed, and check its name under `gates:` in promptsync.yaml",
    cause,
  });
}
