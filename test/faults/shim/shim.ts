import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Sandbox } from "../../support/sandbox.js";

const source = new URL("./shim.c", import.meta.url).pathname;
const runMain = new URL("../../support/run-main.js", import.meta.url).pathname;

/** What goes wrong, and when: see `shim.c`. */
export interface Fault {
  readonly kind:
    "none" | "kill" | "kill-one" | "run" | "git-exit" | "git-kill" | "git-late" | Failure | `${Failure}+`;
  /** The number of the call, or of the git process; the first is 1. */
  readonly at: number;
  /** For `run`: a shell command, run in the work tree. */
  readonly run?: string;
}

/** An error that a system call can end with. */
export type Failure = "ENOSPC" | "EIO" | "EROFS" | "EACCES" | "EDQUOT";

/** A run that a fault may have ended. */
export interface Ended {
  /** Null when a signal ended it. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Calls that change a file of the sandbox, over all processes of the run. */
  readonly calls: number;
  readonly gits: number;
}

/**
 * Compiles the library that is preloaded, unless that was done already; its path. Faults are injected on Linux only,
 * and need a C compiler; without one the tests fail rather than pass unseen.
 */
function buildShim(): string {
  const code = readFileSync(source);
  const cache = new URL("../../../node_modules/.cache/", import.meta.url).pathname;
  const id = createHash("sha256").update(code).digest("hex").slice(0, 12);
  const library = join(cache, `promptsync-faults-${id}.so`);
  if (existsSync(library)) return library;
  mkdirSync(cache, { recursive: true });
  const draft = `${library}.${String(process.pid)}`;
  const { status, stderr } = spawnSync("cc", ["-shared", "-fPIC", "-O1", "-o", draft, source, "-ldl"], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`the shim does not compile: ${stderr}`);
  renameSync(draft, library); // other test files may be compiling it too
  return library;
}

/** How a command is run with a fault. */
export interface FaultyRun {
  /** Folder of the compiled sources. */
  readonly sources: string;
  readonly words: readonly string[];
  readonly fault: Fault;
  /** A file that gets a record of every call. */
  readonly log?: string;
}

/** Runs `promptsync` in the sandbox's world, in a process group of its own; everything below the root is watched. */
export function runFaulty(sandbox: Sandbox, { sources, words, fault, log }: FaultyRun): Promise<Ended> {
  const state = `${sandbox.root}.state`;
  writeFileSync(state, Buffer.alloc(64));
  const child = spawn(process.execPath, [runMain, sources, ...words], {
    cwd: sandbox.directory,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...sandbox.environment,
      LD_PRELOAD: buildShim(),
      FAULTS_STATE: state,
      FAULTS_ROOT: sandbox.root,
      FAULTS_KIND: fault.kind === "none" ? "" : fault.kind,
      FAULTS_AT: String(fault.at),
      ...(fault.run === undefined ? {} : { FAULTS_RUN: fault.run }),
      ...(log === undefined ? {} : { FAULTS_LOG: log }),
    },
  });
  const text = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (chunk: string) => (text[name] += chunk));
  }
  return new Promise((resolve, reject) => {
    child.on("error", reject).on("close", (status) => {
      const counts = readFileSync(state);
      const count = (index: number) => Number(counts.readBigInt64LE(8 * index));
      resolve({ status, ...text, calls: count(0), gits: count(1) });
    });
  });
}
