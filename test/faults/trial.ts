import { rmSync } from "node:fs";
import { deskIn } from "../support/desk.js";
import { bystandersOf, judgeEnd, judgeHealed, judgeLeftovers, type Trial } from "./invariants.js";
import { readCalls } from "./power-loss.js";
import { addRemote, commands, copyScene, publishing, type Command, type Scene } from "./scene.js";
import { runFaulty, type Fault } from "./shim/shim.js";

/** The name of a command under fault. */
export type CommandName = keyof typeof commands | keyof typeof publishing;

const all: Readonly<Record<CommandName, Command>> = { ...commands, ...publishing };

/** What came out of one trial. */
export interface Verdict {
  readonly fault: Fault;
  /** False when the run was over before that call, or that git process. */
  readonly reached: boolean;
  /** Sentences; none when all is well. */
  readonly violations: readonly string[];
}

/** One command, one fault, and the same command again without it. */
export async function tryOnce(
  scene: Scene,
  { name, fault, sources }: { readonly name: CommandName; readonly fault: Fault; readonly sources: string },
): Promise<Verdict> {
  const command = all[name];
  const { place, remove } = copyScene(scene, `${fault.kind}-${String(fault.at)}-${String(++copies)}`);
  try {
    if (command.publishes) addRemote(place);
    const trial: Trial = { scene, command, place, before: bystandersOf(place, command) };
    const ended = await runFaulty(place, { sources, words: command.words, fault });
    const violations = judgeEnd(trial, ended);
    // Our fault kills the remote's end too; whoever keeps a remote removes the locks that its dead processes left.
    if (command.publishes) place.run("find", ["../remote.git", "-name", "*.lock", "-delete"]);
    const again = await deskIn(place).typeWords(command.words);
    if (again.exitCode !== 0)
      violations.push(`the next run ended with ${String(again.exitCode)}: ${again.stderr}`);
    violations.push(...judgeHealed(trial), ...judgeLeftovers(place));
    const count = fault.kind.startsWith("git-") ? ended.gits : ended.calls;
    return { fault, reached: count >= fault.at, violations };
  } finally {
    remove();
  }
}

let copies = 0;

/** Faults at 1, 2, 3 … until one comes too late, in this order, two trials at a time; `every` takes every so many. */
export async function exhaust(
  scene: Scene,
  options: {
    readonly name: CommandName;
    readonly kind: Fault["kind"];
    readonly sources: string;
    readonly every?: number;
    readonly from?: number;
  },
): Promise<readonly Verdict[]> {
  const { kind, every = 1, from = 1 } = options;
  const verdicts: Verdict[] = [];
  let next = from;
  let isOver = false;
  const work = async () => {
    while (!isOver) {
      const at = next;
      next += every;
      const verdict = await tryOnce(scene, { ...options, fault: { kind, at } });
      verdicts.push(verdict);
      if (!verdict.reached) isOver = true;
    }
  };
  await Promise.all([work(), work()]);
  return verdicts.sort((a, b) => a.fault.at - b.fault.at); // not as they ended
}

/** The trials that found something, as lines to read. */
export function complaints(verdicts: readonly Verdict[]): string[] {
  return verdicts
    .filter(({ violations }) => violations.length > 0)
    .map(({ fault, violations }) => `${fault.kind} at ${String(fault.at)}: ${violations.join("; ")}`);
}

/** The calls of one kind that a command makes when nothing fails, by their numbers. */
export async function callsOf(
  scene: Scene,
  { name, sources, call }: { readonly name: CommandName; readonly sources: string; readonly call: string },
): Promise<readonly { readonly at: number; readonly path: string }[]> {
  const { place, remove } = copyScene(scene, `counted-${String(++copies)}`);
  const log = `${place.root}.log`;
  try {
    const fault: Fault = { kind: "none", at: 0 };
    const { status, stderr } = await runFaulty(place, { sources, words: all[name].words, fault, log });
    if (status !== 0) throw new Error(stderr);
    const calls = readCalls(log, place.root).map(({ name: kind, path }, index) => ({
      kind,
      path,
      at: index + 1,
    }));
    return calls.filter(({ kind }) => kind === call);
  } finally {
    rmSync(log, { force: true });
    remove();
  }
}
