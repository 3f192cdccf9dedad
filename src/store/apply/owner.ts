import { randomBytes } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** Which process made a lock: enough to prove, later and from another process, that it is gone. */
export interface Owner {
  /** Unique for every run, also within one process. */
  readonly id: string;
  readonly pid: number;
  readonly host: string;
  /** Changes with every start of the machine; null where the system does not tell. */
  readonly boot: string | null;
  /** The namespace in which `pid` means something; null where the system does not tell. */
  readonly namespace: string | null;
  /** When the process started, in the system's own unit: a process id is used again. */
  readonly started: string | null;
}

/** Describes this process for one run. */
export function thisRun(): Owner {
  return {
    id: randomBytes(8).toString("hex"),
    pid: process.pid,
    host: hostname(),
    boot: bootId(),
    namespace: namespaceOf(),
    started: processState(process.pid)?.started ?? null,
  };
}

/** Says whether a process is gone for certain. One on another machine or in another container is not. */
export function isGone(owner: Owner): boolean {
  if (owner.host !== hostname()) return false;
  const boot = bootId();
  if (boot !== null && owner.boot !== null && boot !== owner.boot) return true;
  if (owner.namespace !== namespaceOf()) return false;
  if (!exists(owner.pid)) return true;
  const state = processState(owner.pid);
  return state !== null && (state.zombie || (owner.started !== null && owner.started !== state.started));
}

/** Reads the owner out of a lock's content; null when the lock is not ours. */
export function parseOwner(content: string): Owner | null {
  try {
    const value = JSON.parse(content) as { promptsync?: Owner } | null;
    const owner = value?.promptsync;
    return typeof owner?.id === "string" && typeof owner.pid === "number" ? owner : null;
  } catch {
    return null;
  }
}

/** The content of a lock: says who holds it, also to a person who looks. */
export function printOwner(owner: Owner): string {
  return `${JSON.stringify({ promptsync: owner })}\n`;
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

const bootId = () => orNull(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim());
const namespaceOf = () => orNull(() => readlinkSync("/proc/self/ns/pid"));

function processState(pid: number) {
  return orNull(() => {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, "utf8");
    // The second field is the program's name in parentheses and may hold anything; see proc(5).
    const [state, ...fields] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { zombie: state === "Z", started: fields[18] ?? "" };
  });
}

function orNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
