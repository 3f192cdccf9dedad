import { rmSync } from "node:fs";
import { deskIn } from "../support/desk.js";
import { bystandersOf, judgeEnd, judgeHealed, judgeLeftovers, standing, type Trial } from "./invariants.js";
import { ForgetfulDisk, materialize, readCalls, stateId, type Loss } from "./power-loss.js";
import { commands, copyScene, type Scene } from "./scene.js";
import { runFaulty } from "./shim/shim.js";

/** What the power cuts showed. */
export interface Cuts {
  /** States that were looked at; equal ones count once. */
  readonly states: number;
  readonly violations: readonly string[];
}

/** Records one run of a command and cuts the power after each of its calls, and after its end. */
export async function cutPower(
  scene: Scene,
  {
    name,
    sources,
    losses,
    every,
  }: {
    readonly name: keyof typeof commands;
    readonly sources: string;
    readonly losses: readonly Loss[];
    /** 1 cuts after every call, 5 after every fifth; the end is never left out. */
    readonly every: number;
  },
): Promise<Cuts> {
  const command = commands[name];
  const { place, remove } = copyScene(scene, `recorded-${String(++recorded)}`);
  const log = `${place.root}.log`;
  const disk = new ForgetfulDisk(place.root);
  const ended = await runFaulty(place, {
    sources,
    words: command.words,
    fault: { kind: "none", at: 0 },
    log,
  });
  if (ended.status !== 0) throw new Error(ended.stderr);
  const calls = readCalls(log, place.root);
  const seen = new Set<string>();
  const violations: string[] = [];
  const look = async (after: number, isDone: boolean) => {
    for (const loss of losses) {
      const state = disk.after(loss);
      const id = stateId(state);
      if (seen.has(id) && !isDone) continue;
      seen.add(id);
      const wrong = await judge(scene, name, { state, isDone });
      violations.push(...wrong.map((line) => `${String(loss)} after call ${String(after)}: ${line}`));
    }
  };
  for (const [index, call] of calls.entries()) {
    disk.do(call);
    if ((index + 1) % every === 0) await look(index + 1, false);
  }
  const missed = disk.differsFrom(place.root);
  if (missed.length > 0) throw new Error(`the record of the calls misses changes of ${missed.join(" ")}`);
  await look(calls.length, true);
  remove();
  rmSync(log);
  return { states: seen.size, violations };
}

let recorded = 0;

async function judge(
  scene: Scene,
  name: keyof typeof commands,
  { state, isDone }: { readonly state: ReturnType<ForgetfulDisk["after"]>; readonly isDone: boolean },
): Promise<string[]> {
  const command = commands[name];
  const { place, remove } = copyScene(scene, `cut-${String(++recorded)}`);
  try {
    const trial: Trial = { scene, command, place, before: bystandersOf(place, command) };
    materialize(place.root, state);
    // What was reported as done is there, whatever happens afterwards.
    const { status } = place.run("git", ["cat-file", "-e", "HEAD~1"]);
    if (isDone && (status !== 0 || standing(trial) !== "new"))
      return ["the commit that was reported is lost"];
    const wrong = judgeEnd(trial, { status: null, stdout: "", stderr: "", calls: 0, gits: 0 });
    const again = await deskIn(place).typeWords(command.words);
    if (again.exitCode !== 0)
      wrong.push(`the next run ended with ${String(again.exitCode)}: ${again.stderr}`);
    wrong.push(...judgeHealed(trial));
    // What was removed may be back; a command with nothing to do leaves it, and the next change clears it away.
    const next = await deskIn(place).typeWords(["alias", "set", "after-the-cut", "welcome@1.0.0"]);
    if (next.exitCode !== 0)
      wrong.push(`the change after it ended with ${String(next.exitCode)}: ${next.stderr}`);
    place.run("find", [".git/objects", "-name", "maintenance.lock", "-delete"]); // git's own, when we asked it to tidy up
    return [...wrong, ...judgeLeftovers(place)];
  } catch (error) {
    return [`git cannot read the repository any more: ${String(error)}`];
  } finally {
    remove();
  }
}
