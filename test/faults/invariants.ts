import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Sandbox } from "../support/sandbox.js";
import type { Command, Scene } from "./scene.js";
import type { Ended } from "./shim/shim.js";

/** Everything of the user that a command has no business with: index entries with their flags, files, settings. */
export interface Bystanders {
  readonly index: readonly string[];
  readonly files: Readonly<Record<string, string>>;
}

/** Takes down what has to be the same afterwards. */
export function bystandersOf(place: Sandbox, { touches }: Command): Bystanders {
  const index = place.git("ls-files", "-z", "-v", "--stage").split("\0");
  return {
    index: index.filter((line) => !touches.some((path) => line.endsWith(`\t${path}`))),
    files: Object.fromEntries(
      [...filesBelow(place.directory)]
        .filter((path) => !touches.includes(path) && !isOurs(path))
        .map((path) => [path, readFileSync(place.path(path), "latin1")]),
    ),
  };
}

const isOurs = (path: string): boolean => path.split("/").at(-1)?.startsWith(".promptsync-") ?? false;

function* filesBelow(top: string, below = ""): Generator<string> {
  for (const entry of readdirSync(join(top, below), { withFileTypes: true })) {
    const path = join(below, entry.name);
    if (path === ".git") continue;
    if (entry.isDirectory()) yield* filesBelow(top, path);
    else yield path;
  }
}

/** What a trial is judged by. */
export interface Trial {
  readonly scene: Scene;
  readonly command: Command;
  readonly before: Bystanders;
  readonly place: Sandbox;
}

/** Where the branch is after a run: at the old commit, at the new one, or where it must not be. */
export function standing({ place, scene, command }: Trial): "old" | "new" | "wrong" {
  const head = place.head();
  if (head === scene.start) return "old";
  if (head === null || place.head("HEAD~1") !== scene.start) return "wrong";
  const names = place.git("diff-tree", "-r", "--name-only", "--no-commit-id", "HEAD");
  return names === command.touches.join("\n") ? "new" : "wrong";
}

/**
 * What is wrong right after a run that a fault may have ended, before anything heals. Nothing is wrong with files and
 * index entries of ours that are half done, as long as the branch is not ahead of them.
 */
export function judgeEnd(trial: Trial, ended: Ended): string[] {
  const { place, before, command } = trial;
  const wrong: string[] = [];
  const now = standing(trial);
  if (now === "wrong")
    wrong.push(
      `HEAD is neither old nor new: ${place.run("git", ["log", "--oneline", "--stat", "-3"]).stdout}`,
    );
  const fsck = place.run("git", ["fsck", "--strict", "--no-dangling"]);
  if (fsck.status !== 0 || /error|missing|broken/.test(fsck.stderr)) wrong.push(`fsck: ${fsck.stderr}`);
  wrong.push(...judgeBystanders(place, before, command));
  if (now === "new") {
    const behind = place.git("diff-index", "--cached", "--name-only", "HEAD", "--", ...command.touches);
    if (behind !== "") wrong.push(`the index takes back what HEAD has: ${behind}`);
  }
  if (ended.status !== null) wrong.push(...judgeAnswer(ended, now));
  return wrong;
}

function judgeBystanders(place: Sandbox, before: Bystanders, command: Command): string[] {
  const now = bystandersOf(place, command);
  const wrong: string[] = [];
  if (now.index.join("\n") !== before.index.join("\n")) wrong.push("index entries of the user changed");
  for (const path of new Set([...Object.keys(before.files), ...Object.keys(now.files)])) {
    if (now.files[path] !== before.files[path]) wrong.push(`the user's \`${path}\` changed`);
  }
  return wrong;
}

/** The answer has to be true: 0 says done, 2 says that nothing was changed, 4 says made here. */
function judgeAnswer({ status, stderr }: Ended, now: ReturnType<typeof standing>): string[] {
  const wrong: string[] = [];
  const truth = { 0: "new", 1: "old", 2: "old", 4: "new" }[status ?? -1];
  if (truth === undefined) wrong.push(`exit code ${String(status)}: ${stderr}`);
  else if (truth !== now) wrong.push(`exit code ${String(status)}, but HEAD is ${now}: ${stderr}`);
  if (status !== 0 && !/^error: .+ \[[A-Z_]+\]\nhint: \S/m.test(stderr)) wrong.push(`no hint: ${stderr}`);
  if (/FILE_UNREADABLE/.test(stderr)) wrong.push(`a write error says that a file cannot be read: ${stderr}`);
  return wrong;
}

/** What is wrong after the command was run again and had to succeed: the change is made exactly once. */
export function judgeHealed(trial: Trial): string[] {
  const { place, scene, before, command } = trial;
  const wrong = judgeBystanders(place, before, command);
  const now = standing(trial);
  if (now !== "new")
    wrong.push(`HEAD is ${now} after the next run: ${place.run("git", ["log", "--oneline", "-4"]).stdout}`);
  if (command.publishes && place.git("ls-remote", "origin", "refs/heads/main").slice(0, 40) !== place.head())
    wrong.push("the remote does not have the commit");
  if (place.status() !== scene.status) wrong.push(`status: ${place.status()}`);
  const fsck = place.run("git", ["fsck", "--strict", "--no-dangling"]);
  if (fsck.status !== 0) wrong.push(`fsck: ${fsck.stderr}`);
  return wrong;
}

/** That something is left behind, which nothing may be. */
export function judgeLeftovers(place: Sandbox): string[] {
  const left = leftovers(place);
  return left.length > 0 ? [`left behind: ${left.join(" ")}`] : [];
}

/** Locks and temporary files, ours and git's. */
export function leftovers(place: Sandbox): string[] {
  const { stdout } = place.run("find", [
    // Killed while it pushes, git leaves a lock of its own on the tracking branch: later pushes go on without it.
    ...[".", "-name", "*.lock", "!", "-path", "./.git/refs/remotes/*", "-o", "-name", ".promptsync-*"],
    // A card that was never written says not whose it is: it goes after an hour, and is in nobody's way.
    ...["-o", "-path", "./.git/promptsync/*", "!", "(", "-name", "*.card", "-empty", ")"],
  ]);
  return stdout.split("\n").slice(0, -1);
}
