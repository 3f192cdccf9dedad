import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { beforeEach, expect, test } from "vitest";
import { momentOf, type Timeline } from "../../src/core/timeline.js";
import { openRepository } from "../../src/store/git/repository.js";
import { readTimeline } from "../../src/store/git/timeline.js";
import { createSandbox, type Sandbox } from "../support/sandbox.js";

let sandbox: Sandbox;
const file = (): string => sandbox.path(".git", "promptsync", "cache", "timeline");

/** A branch of 600 commits, the smallest number whose timeline is kept and some more. */
beforeEach(() => {
  sandbox = createSandbox();
  const commits = Array.from({ length: 600 }, (_, index) => {
    const message = `change ${index}`;
    return `commit refs/heads/main\ncommitter Ada <ada@example.com> ${1_700_000_000 + index} +0000\ndata ${message.length}\n${message}\n`;
  });
  sandbox.run("git", ["fast-import", "--quiet"], { input: commits.join("") });
  sandbox.setDate("2026-02-01T00:00:00Z");
});

/** What was read, as `git log` would tell it, and with how many git processes besides finding the repository. */
async function read(from = sandbox) {
  const { environment, directory } = from;
  const repository = await openRepository(directory, { environment, cwd: directory });
  await repository.objects.info(["HEAD"]); // starts the warm process
  const before = repository.git.processes;
  const timeline = await readTimeline(repository, { base: "main", remote: "origin" });
  repository.close();
  return { lines: linesOf(timeline), processes: repository.git.processes - before };
}

const linesOf = (timeline: Timeline): string[] =>
  Array.from(timeline.seconds, (seconds, index) => `${momentOf(timeline, index).commit} ${seconds}`);

const expected = (): string[] =>
  sandbox.git("log", "--first-parent", "--reverse", "--format=%H %ct", "main").split("\n");

test("a long timeline is read once, and from the git directory while the branch stands there", async () => {
  expect(await read()).toEqual({ lines: expected(), processes: 1 });
  expect(await read()).toEqual({ lines: expected(), processes: 0 });
});

test("it is read on from where it ends, over a merge too", async () => {
  await read();
  sandbox.git("reset", "--quiet", "--hard");
  sandbox.git("switch", "--quiet", "--create", "aside");
  sandbox.commit("on the side");
  sandbox.git("switch", "--quiet", "main");
  sandbox.commit("on main");
  sandbox.git("merge", "--quiet", "--no-ff", "-m", "both", "aside");
  const kept = readFileSync(file());
  expect(await read()).toEqual({ lines: expected(), processes: 1 });
  expect(readFileSync(file()).equals(kept)).toBe(false);
  expect((await read()).processes).toBe(0);
});

test("a branch that went back, was rewritten, or has the kept one on a side is told as it is", async () => {
  await read();
  sandbox.git("reset", "--quiet", "--hard", "HEAD~20");
  expect(await read()).toEqual({ lines: expected(), processes: 1 });
  sandbox.commit("another way");
  expect((await read()).lines).toEqual(expected());
  sandbox.git("switch", "--quiet", "--create", "other", "HEAD~50");
  sandbox.commit("other");
  sandbox.git("merge", "--quiet", "--no-ff", "-m", "main is the second parent", "main");
  sandbox.git("branch", "--quiet", "--force", "main", "other");
  expect((await read()).lines).toEqual(expected());
  sandbox.git("switch", "--quiet", "--orphan", "fresh");
  sandbox.commit("fresh");
  sandbox.git("branch", "--quiet", "--force", "main", "fresh");
  expect((await read()).lines).toEqual(expected());
});

test("a damaged file, one of a commit that is gone, and one that cannot be written change nothing", async () => {
  await read();
  const kept = readFileSync(file());
  const gone = Buffer.from(
    kept.toString("latin1").replaceAll(sandbox.head() ?? "", "1".repeat(40)),
    "latin1",
  );
  const flipped = Buffer.from(kept);
  flipped[kept.length - 50] = 0x30;
  for (const bytes of [Buffer.alloc(0), kept.subarray(0, -8), flipped, gone, Buffer.from("timeline\n\n")]) {
    writeFileSync(file(), bytes);
    expect(await read()).toEqual({ lines: expected(), processes: 1 });
    expect(readFileSync(file()).equals(kept)).toBe(true);
  }
});

test("history that git does not tell as it was made is not kept: replaced, grafted, shallow", async () => {
  const [first, second] = [sandbox.head("HEAD~100"), sandbox.head("HEAD~300")];
  await read();
  sandbox.git("replace", "--graft", first ?? "", second ?? "");
  expect(await read()).toEqual({ lines: expected(), processes: 1 });
  expect(expected().length).toBe(401);
  sandbox.git("pack-refs", "--all", "--prune");
  expect(await read()).toEqual({ lines: expected(), processes: 1 });
  sandbox.git("replace", "--delete", first ?? "");
  expect(await read()).toEqual({ lines: expected(), processes: 0 });
  sandbox.run("git", ["clone", "--quiet", "--depth=550", `file://${sandbox.directory}`, "../clone"]);
  const clone = sandbox.in(sandbox.path("..", "clone"));
  expect((await read(clone)).lines.length).toBe(550);
  expect(existsSync(clone.path(".git", "promptsync"))).toBe(false);
});

test("a short timeline is not worth a file", async () => {
  sandbox.git("reset", "--quiet", "--hard", "HEAD~200");
  expect((await read()).processes).toBe(1);
  expect(existsSync(file())).toBe(false);
});
