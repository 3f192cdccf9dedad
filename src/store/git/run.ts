import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { appendFileSync } from "node:fs";
import { isatty } from "node:tty";
import { PromptSyncError } from "../../core/errors.js";
import { forgetRepository, sealedEnvironment } from "./environment.js";

/** What a finished git process left behind; its exit code is the answer, never its prose. */
interface GitResult {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** How one git process runs. */
interface GitOptions {
  readonly input?: string | Uint8Array;
  /** Exit codes that are an answer; any other throws. Only 0 when left out. */
  readonly accept?: readonly number[];
  /** Added to the environment; `undefined` takes a variable away. */
  readonly environment?: NodeJS.ProcessEnv;
  /** Milliseconds; 0 waits for ever. Two minutes when left out. */
  readonly timeLimit?: number;
  /** Starts git with the user's own environment, because it runs the user's own programs (hooks). */
  readonly unsealed?: boolean;
}

/** Starts git in one folder with one environment; every git process of PromptSync is started here. */
export interface Git {
  readonly directory: string;
  /** The environment this was made with, before it is sealed. */
  readonly environment: NodeJS.ProcessEnv;
  /** How many processes were started so far, also through {@link Git.in}. */
  readonly processes: number;
  /**
   * Runs git to its end. Arguments reach git as they are: user text only as full object ids or after `--`.
   * @throws PromptSyncError `GIT_FAILED` for an exit code that is not accepted, for no git, and for the time limit
   */
  run(args: readonly string[], options?: GitOptions): Promise<GitResult>;
  /** Starts git and hands over its pipes; the caller listens for its end. */
  start(args: readonly string[], options?: GitOptions): ChildProcessWithoutNullStreams;
  /** Counts and traces a process that is started by somebody else: simple-git. */
  count(args: readonly string[]): void;
  /** The same for another folder; `fresh` forgets which repository the environment names. */
  in(directory: string, options?: { readonly fresh?: boolean }): Git;
}

const twoMinutes = 120_000;

/**
 * Makes a {@link Git}. `PROMPTSYNC_TRACE_GIT` in the environment names a file that gets one JSON line a process.
 * `stop` kills every process that still runs when it is aborted.
 */
export function createGit(directory: string, environment: NodeJS.ProcessEnv, stop?: AbortSignal): Git {
  return bind(directory, environment, { processes: 0, stop });
}

/** What a {@link Git} and those made of it have in common. */
interface Shared {
  processes: number;
  readonly stop: AbortSignal | undefined;
}

function bind(directory: string, environment: NodeJS.ProcessEnv, shared: Shared): Git {
  const interactive = isatty(0);
  const trace = environment.PROMPTSYNC_TRACE_GIT;

  const count: Git["count"] = (args) => {
    shared.processes++;
    if (trace) appendFileSync(trace, `${JSON.stringify(args)}\n`);
  };

  const start: Git["start"] = (args, options = {}) => {
    count(args);
    const base = options.unsealed ? environment : sealedEnvironment(environment, interactive);
    const child = spawn("git", args, {
      cwd: directory,
      env: { ...base, ...options.environment },
      windowsHide: true,
      ...(shared.stop === undefined ? {} : { signal: shared.stop, killSignal: "SIGKILL" as const }),
    });
    // A child that ends early raises EPIPE here; its exit code says why.
    child.stdin.on("error", () => undefined);
    return child;
  };

  return {
    directory,
    environment,
    get processes() {
      return shared.processes;
    },
    start,
    count,
    run: (args, options = {}) => finish(start(args, options), args, options),
    in: (other, { fresh = false } = {}) =>
      bind(other, fresh ? forgetRepository(environment) : environment, shared),
  };
}

function finish(child: ChildProcessWithoutNullStreams, args: readonly string[], options: GitOptions) {
  return new Promise<GitResult>((resolve, reject) => {
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    const limit = options.timeLimit ?? twoMinutes;
    let isLate = false;
    const stop = () => {
      isLate = true;
      child.kill("SIGKILL");
    };
    const timer = limit > 0 ? setTimeout(stop, limit) : undefined;
    child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
    child.on("error", (cause) => {
      clearTimeout(timer);
      reject(notStarted(cause));
    });
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      const words = Buffer.concat(stderr).toString();
      if (code === null) reject(stopped(args, signal, isLate ? limit : null));
      else if (!(options.accept ?? [0]).includes(code)) reject(gitFailed(args, code, words));
      else resolve({ code, stdout: Buffer.concat(stdout), stderr: words });
    });
    child.stdin.end(options.input);
  });
}

/** The error for a git process that ended with a code nobody expected; git's own words are the hint. */
export function gitFailed(args: readonly string[], code: number | null, stderr: string): PromptSyncError {
  const words = stderr.trim();
  return new PromptSyncError(
    "GIT_FAILED",
    `\`git ${subcommand(args)}\` ended with exit code ${String(code)}`,
    {
      hint: words === "" ? `run \`git ${args.join(" ")}\` to see why` : words,
      data: { args: [...args], code },
    },
  );
}

/** `limit` is the time limit that was reached, in milliseconds; null when somebody else stopped git. */
function stopped(
  args: readonly string[],
  signal: NodeJS.Signals | null,
  limit: number | null,
): PromptSyncError {
  const why = limit === null ? `by ${String(signal)}` : `after ${String(limit / 1000)} seconds`;
  return new PromptSyncError("GIT_FAILED", `\`git ${subcommand(args)}\` was stopped ${why}`, {
    hint: "try again; if it hangs again, run the same git command by hand",
    data: { args: [...args], signal },
  });
}

function notStarted(cause: Error): PromptSyncError {
  return new PromptSyncError("GIT_FAILED", "git could not be started", {
    hint: "install git 2.36 or newer and make sure that `git --version` works here",
    cause,
  });
}

/** The subcommand among leading `-c key=value` options. */
function subcommand(args: readonly string[]): string {
  return args.find((arg, index) => !arg.startsWith("-") && args[index - 1] !== "-c") ?? "";
}
