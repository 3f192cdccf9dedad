import type { CommandName } from "./trial.js";
import { commands } from "./scene.js";
import type { Fault } from "./shim/shim.js";

/** One pass: a command and a kind of fault, at the calls `from`, `from + every`, … until a run passes untouched. */
export interface Pass {
  readonly name: CommandName;
  readonly kind: Fault["kind"];
  readonly every: number;
  readonly from: number;
}

/** `FAULTS=all` takes every call of every command; without it the calls are a sample where time is short. */
const isFull = process.env.FAULTS === "all";

/** The number of the first call differs from command to command, so that together they see most of them. */
function pass(name: CommandName, kind: Fault["kind"], every: number): Pass {
  const from = 1 + ((Object.keys(commands).indexOf(name) + every) % every);
  return isFull ? { name, kind, every: 1, from: 1 } : { name, kind, every, from };
}

const names = Object.keys(commands) as (keyof typeof commands)[];
const main: readonly CommandName[] = ["push", "alias set"];

/** Kills of the whole process tree right before a call, which is also right after the one before. */
export const killPasses: readonly Pass[] = [
  ...names.map((name) => pass(name, "kill", main.includes(name) ? 1 : 6)),
  pass("alias set --remote", "kill", 8),
];

/** Calls that fail: once, or all from there on. */
export const failurePasses: readonly Pass[] = [
  ...names.flatMap((name) => (isFull || name === "push" ? [pass(name, "ENOSPC+", 9)] : [])),
  pass("alias set", "ENOSPC+", 4),
  pass("alias set", "EIO", 4),
  pass("push", "EIO", 11),
  pass("alias set", "EIO+", 8),
  pass("alias set", "EROFS+", 8),
  pass("alias set", "EACCES", 8),
  ...(isFull
    ? names.flatMap((name) => [pass(name, "EIO", 1), pass(name, "EDQUOT", 1), pass(name, "EROFS", 1)])
    : []),
];

/** Git processes that end with 128 before or after their work, or by a signal, and the one that makes a call. */
export const gitPasses: readonly Pass[] = [
  pass("alias set", "git-exit", 1),
  pass("alias set", "git-kill", 1),
  pass("alias set", "git-late", 1),
  pass("push", "git-exit", 2),
  pass("push", "git-late", 2),
  pass("alias set", "kill-one", 6),
];
