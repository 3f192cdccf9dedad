import {
  spawn,
  spawnSync,
  type ChildProcessWithoutNullStreams,
  type SpawnSyncOptions,
} from "node:child_process";
import { appendFileSync } from "node:fs";
import { PromptSyncError } from "../../core/errors.js";
import { forgetRepository, sealedEnvironment } from "./environment.js";
import { isInteractive } from "./is-interactive.js";

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
  /** Nothing else can be done before the answer is there: a {@link Git} that may block waits for it, which is quicker. */
  readonly first?: boolean;
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

/** How all processes of a {@link Git} are run. */
interface GitManners {
  /** Kills every process that still runs when it is aborted. */
  readonly stop?: AbortSignal | undefined;
  /** Says that this thread may be blocked for a short time: right for a command line, wrong for a server. */
  readonly mayBlock?: boolean | undefined;
}

/** Makes a {@link Git}. `PROMPTSYNC_TRACE_GIT` in the environment names a file that gets one JSON line a process. */
export function createGit(directory: string, environment: NodeJS.ProcessEnv, manners: GitManners = {}): Git {
  return bind(directory, environment, { processes: 0, ...manners });
}

/** What a {@link Git} and those made of it have in common. */
interface Shared extends GitManners {
  processes: number;
}

function bind(directory: string, environment: NodeJS.ProcessEnv, shared: Shared): Git {
  const trace = environment.PROMPTSYNC_TRACE_GIT;

  const count: Git["count"] = (args) => {
    shared.processes++;
    if (trace) appendFileSync(trace, `${JSON.stringify(args)}\n`);
  };

  const place = (options: GitOptions) => {
    const mayAsk = options.first !== true && isInteractive(environment);
    const base = options.unsealed ? environment : sealedEnvironment(environment, mayAsk);
    return { cwd: directory, env: { ...base, ...options.environment }, windowsHide: true };
  };

  const start: Git["start"] = (args, options = {}) => {
    count(args);
    const child = spawn("git", args, {
      ...place(options),
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
    run: async (args, options = {}) => {
      if (options.first !== true || shared.mayBlock !== true)
        return finish(start(args, options), args, options);
      count(args);
      return waitFor(args, options, place(options));
    },
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
      const result = { stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() };
      if (code === null) reject(stopped(args, signal, isLate ? limit : null));
      else if (isAccepted(code, options)) resolve({ code, ...result });
      else reject(gitFailed(args, code, result.stderr));
    });
    child.stdin.end(options.input);
  });
}

/** Runs git while this thread waits: no pipes of ours, no events. */
function waitFor(args: readonly string[], options: GitOptions, place: SpawnSyncOptions): GitResult {
  const limit = options.timeLimit ?? twoMinutes;
  const ended = spawnSync("git", args, {
    ...place,
    input: options.input ?? "",
    maxBuffer: Number.POSITIVE_INFINITY,
    timeout: limit,
    killSignal: "SIGKILL",
    encoding: "buffer",
  });
  const isLate = (ended.error as NodeJS.ErrnoException | undefined)?.code === "ETIMEDOUT";
  if (ended.error !== undefined && !isLate) throw notStarted(ended.error);
  if (ended.status === null) throw stopped(args, ended.signal, isLate ? limit : null);
  const stderr = ended.stderr.toString();
  if (!isAccepted(ended.status, options)) throw gitFailed(args, ended.status, stderr);
  return { code: ended.status, stdout: ended.stdout, stderr };
}

function isAccepted(code: number, { accept = [0] }: GitOptions): boolean {
  return accept.includes(code);
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
