import { spawn } from "node:child_process";
import { mkdirSync, renameSync, rmdirSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { compileSources } from "../support/compile.js";
import { aliasMove, applyIn, makePlan, registryFiles, stateFile } from "../support/plans.js";
import { createSandbox, type Sandbox } from "../support/sandbox.js";

const version = "prompt-templates/welcome/1.1.0.md";
const sources = compileSources();
const child = new URL("../support/apply-child.js", import.meta.url).pathname;

/** Runs the usual plan in a child that is killed right before its effect number `killAt`. */
function applyAndKill(sandbox: Sandbox, killAt: number, commit = true): { killed: boolean; steps: number } {
  const request = JSON.stringify({ directory: sandbox.directory, plan: makePlan(sandbox), killAt, commit });
  const { stdout } = sandbox.run(process.execPath, [child, sources, request]);
  if (stdout === "") return { killed: true, steps: killAt };
  return { killed: false, ...(JSON.parse(stdout) as { steps: number }) };
}

/** A repository with work of the user in every state. */
function busySandbox(): Sandbox {
  const sandbox = createSandbox({
    files: { ...registryFiles, "edited.txt": "old\n", "staged.txt": "old\n" },
  });
  sandbox.write({ "edited.txt": "new\n", "staged.txt": "new\n", "untracked.txt": "new\n" });
  sandbox.git("add", "staged.txt");
  return sandbox;
}

const usersWork = " M edited.txt\nM  staged.txt\n?? untracked.txt";
const steps = applyAndKill(busySandbox(), 0).steps;

/** The last effect but the three that drop journal and locks: files and index are new, HEAD is still old. */
const movesBranch = steps - 3;

test("a run that nobody kills announces every effect", () => {
  expect(steps).toBeGreaterThan(10);
});

test.for(Array.from({ length: steps }, (_, index) => index + 1))(
  "killed before effect %i, the next run heals, and the result is the old state or the new one",
  async (killAt) => {
    const sandbox = busySandbox();
    const old = sandbox.head();
    expect(applyAndKill(sandbox, killAt).killed).toBe(true);

    // Before anything heals: the branch is old or new, and every object that it names is there.
    const now = sandbox.head();
    const isNew = now !== old;
    expect(isNew ? sandbox.head("HEAD~1") : now).toBe(old);
    expect(sandbox.run("git", ["fsck", "--strict", "--no-dangling"])).toMatchObject({ status: 0 });

    // The next run, whatever it wants, first puts everything in order.
    await applyIn(sandbox, makePlan(sandbox, { writes: {}, edits: [aliasMove("9.9.9")], message: "next\n" }));
    expect(sandbox.exists(version)).toBe(isNew);
    expect(sandbox.read(stateFile)).toContain('serve: "9.9.9"');
    expect(sandbox.head("HEAD~1")).toBe(isNew ? now : old);
    expect(sandbox.status()).toBe(usersWork);
    expect(sandbox.run("find", [".", "-name", "*.lock", "-o", "-name", ".promptsync-*"]).stdout).toBe("");
    expect(sandbox.run("ls", [".git/promptsync"]).stdout).toBe("");
  },
);

test("killed before any effect of a change without a commit, the next run heals", async () => {
  const { steps: count } = applyAndKill(busySandbox(), 0, false);
  for (let killAt = 1; killAt <= count; killAt++) {
    const sandbox = busySandbox();
    applyAndKill(sandbox, killAt, false);
    await applyIn(sandbox, makePlan(sandbox, { writes: {}, edits: [], message: "nothing\n" }));
    const isDone = sandbox.exists(version);
    expect(sandbox.read(stateFile).includes("1.1.0")).toBe(isDone);
    expect(sandbox.run("find", [".", "-name", ".promptsync-*"]).stdout).toBe("");
  }
}, 60_000);

test("a killed run that had made its commit is seen as done", async () => {
  const sandbox = busySandbox();
  applyAndKill(sandbox, steps - 1);
  const made = sandbox.head();
  expect(sandbox.exists(version)).toBe(true);
  const receipt = await applyIn(sandbox, makePlan(sandbox));
  expect(receipt.commit).toBeNull();
  expect(sandbox.head()).toBe(made);
});

test("after a kill, a person may remove git's lock as git advises, and the next run still heals", async () => {
  const sandbox = busySandbox();
  const old = sandbox.head();
  applyAndKill(sandbox, movesBranch);
  expect(sandbox.exists(".git/index.lock")).toBe(true);
  sandbox.remove(".git/index.lock");
  sandbox.git("status");
  await applyIn(sandbox, makePlan(sandbox, { writes: {}, edits: [aliasMove("9.9.9")], message: "next\n" }));
  expect(sandbox.head("HEAD~1")).toBe(old);
  expect(sandbox.exists(version)).toBe(false);
  expect(sandbox.status()).toBe(usersWork);
});

test("after a kill, what the user did meanwhile is kept", async () => {
  const sandbox = busySandbox();
  applyAndKill(sandbox, movesBranch);
  const mine = `${registryFiles[stateFile]}# mine\n`;
  sandbox.write({ [stateFile]: mine });
  await expect(
    applyIn(sandbox, makePlan(sandbox, { writes: {}, edits: [aliasMove("9.9.9")] })),
  ).rejects.toMatchObject({ code: "UNCOMMITTED_CHANGES", file: stateFile });
  expect(sandbox.read(stateFile)).toBe(mine);
  expect(sandbox.exists(version)).toBe(false);
});

test("while the journal of a killed run cannot be read, nothing is dropped, and later it heals", async () => {
  const sandbox = busySandbox();
  const old = sandbox.head();
  applyAndKill(sandbox, movesBranch);
  const journal = sandbox.path(".git/promptsync/journal");
  renameSync(journal, `${journal}.away`);
  mkdirSync(journal); // reading a folder fails, as reading a bad disk does
  const next = makePlan(sandbox, { writes: {}, edits: [aliasMove("9.9.9")], message: "next\n" });
  await expect(applyIn(sandbox, next)).rejects.toMatchObject({ code: "FILE_UNWRITABLE" });
  expect([sandbox.exists(".git/index.lock"), sandbox.exists(".git/promptsync/lock")]).toEqual([true, true]);
  rmdirSync(journal);
  renameSync(`${journal}.away`, journal);
  await applyIn(sandbox, next);
  expect(sandbox.head("HEAD~1")).toBe(old);
  expect(sandbox.exists(version)).toBe(false);
  expect(sandbox.status()).toBe(usersWork);
});

test("killed in the middle of healing, the run after that heals", async () => {
  const sandbox = busySandbox();
  applyAndKill(sandbox, movesBranch);
  // A healer that died: its lock names a process that is gone.
  const dead = sandbox.read(".git/promptsync/lock").replace(/"id":"[0-9a-f]+"/, '"id":"feedfeedfeedfeed"');
  sandbox.write({ ".git/promptsync/recovery": dead });
  await applyIn(sandbox, makePlan(sandbox, { writes: {}, edits: [aliasMove("9.9.9")] }));
  expect(sandbox.status()).toBe(usersWork);
  expect(sandbox.exists(".git/promptsync/recovery")).toBe(false);
});

test("killed at any moment, git's processes included, the next run heals", async () => {
  const delays = Array.from({ length: 20 }, (_, index) => 40 + index * 10);
  for (const delay of delays) {
    const sandbox = busySandbox();
    const old = sandbox.head();
    const request = JSON.stringify({ directory: sandbox.directory, plan: makePlan(sandbox) });
    // In a group of its own, so that one signal reaches git's processes too.
    const run = spawn(process.execPath, [child, sources, request], {
      cwd: sandbox.directory,
      env: sandbox.environment,
      detached: true,
      stdio: "ignore",
    });
    await setTimeout(delay);
    if (run.exitCode === null) process.kill(-(run.pid ?? 0), "SIGKILL");
    await applyIn(sandbox, makePlan(sandbox, { writes: {}, edits: [aliasMove("9.9.9")], message: "next\n" }));
    expect([sandbox.head("HEAD~1"), sandbox.head("HEAD~2")]).toContain(old);
    expect(sandbox.status()).toBe(usersWork);
    expect(sandbox.run("git", ["fsck", "--strict", "--no-dangling"])).toMatchObject({ status: 0 });
  }
}, 120_000);

test("a branch lock that a killed git left is removed when it names our commit", async () => {
  const sandbox = busySandbox();
  applyAndKill(sandbox, movesBranch);
  // The real git lets go as soon as it notices that nobody talks to it any more.
  await expect.poll(() => sandbox.exists(".git/refs/heads/main.lock")).toBe(false);
  const { to } = JSON.parse(sandbox.read(".git/promptsync/journal")) as { to: string };
  sandbox.write({ ".git/refs/heads/main.lock": `${to}\n`, ".git/HEAD.lock": "" });
  await applyIn(sandbox, makePlan(sandbox, { writes: {}, edits: [aliasMove("9.9.9")], message: "next\n" }));
  expect(sandbox.status()).toBe(usersWork);
  expect(sandbox.exists(".git/refs/heads/main.lock")).toBe(false);
});

test("a lock of a process on another machine is never broken", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  const owner = {
    id: "0123456789abcdef",
    pid: 1,
    host: "elsewhere",
    boot: null,
    namespace: null,
    started: null,
  };
  sandbox.write({ ".git/promptsync/lock": JSON.stringify({ promptsync: owner }) });
  await expect(applyIn(sandbox)).rejects.toMatchObject({
    code: "LOCKED",
    message: expect.stringContaining("process 1 on elsewhere") as string,
  });
  expect(sandbox.exists(".git/promptsync/lock")).toBe(true);
});

test("a lock of git is never broken, however old it is", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  sandbox.write({ ".git/index.lock": "" });
  sandbox.run("touch", ["-d", "2001-01-01", ".git/index.lock"]);
  await expect(applyIn(sandbox)).rejects.toMatchObject({ code: "LOCKED" });
  expect(sandbox.exists(".git/index.lock")).toBe(true);
});
