import { expect, test } from "vitest";
import { openLog, readHistory, type HistoryRange } from "../../src/store/git/history.js";
import { openRepository } from "../../src/store/git/repository.js";
import { createSandbox, type Sandbox } from "../support/sandbox.js";

const registry = "prompt-templates";
const state = `${registry}/promptsync.yaml`;
const version = `${registry}/welcome/1.0.0.md`;

async function history(sandbox: Sandbox, range: Partial<HistoryRange> = {}) {
  const { environment, directory } = sandbox;
  const repository = await openRepository(directory, { environment, cwd: directory });
  return readHistory(repository, { paths: [registry], ...range });
}

/** Three commits on main, a day apart: a version, a file elsewhere, a change of the state. */
function story(): Sandbox {
  const sandbox = createSandbox({ files: { [version]: "Welcome\n", [state]: "schema: promptsync/v1\n" } });
  sandbox.setDate("2026-01-02T00:00:00+05:00");
  sandbox.write({ "readme.txt": "Shop\n" });
  sandbox.commit("nothing for the registry");
  sandbox.setDate("2026-01-03T00:00:00Z");
  sandbox.write({ [state]: "schema: promptsync/v1\nprompts: {}\n" });
  sandbox.commit(
    "promptsync: alias set dev\n\nWhy not.\n\nPromptsync-Action: alias-set\nPromptsync-Prompt: welcome",
  );
  return sandbox;
}

test("commits that touched the registry are told newest first, with author, date, message and files", async () => {
  const sandbox = story();
  const blob = (revision: string) => sandbox.git("rev-parse", revision);
  expect(await history(sandbox)).toEqual([
    {
      commit: sandbox.head(),
      date: "2026-01-03T00:00:00Z",
      author: "Ada Lovelace",
      email: "ada@example.com",
      message:
        "promptsync: alias set dev\n\nWhy not.\n\nPromptsync-Action: alias-set\nPromptsync-Prompt: welcome\n",
      files: [
        { status: "modified", path: state, before: blob(`HEAD~1:${state}`), after: blob(`HEAD:${state}`) },
      ],
      merged: [],
    },
    {
      commit: sandbox.head("HEAD~2"),
      date: "2026-01-01T00:00:00Z",
      author: "Ada Lovelace",
      email: "ada@example.com",
      message: "welcome\n",
      files: [
        { status: "added", path: state, before: null, after: blob(`HEAD~2:${state}`) },
        { status: "added", path: version, before: null, after: blob(`HEAD~2:${version}`) },
      ],
      merged: [],
    },
  ]);
});

test("a history of any length is one git process", async () => {
  const sandbox = story();
  sandbox.environment.PROMPTSYNC_TRACE_GIT = `${sandbox.root}/trace`;
  await history(sandbox);
  expect(sandbox.read(`${sandbox.root}/trace`).trim().split("\n")).toHaveLength(2);
});

test("an unborn branch has no history", async () => {
  expect(await history(createSandbox())).toEqual([]);
});

test("since, limit and addedOnly narrow what is told", async () => {
  const sandbox = story();
  const commits = async (range: Partial<HistoryRange>) =>
    (await history(sandbox, range)).map(({ commit }) => commit);
  expect(await commits({ since: new Date("2026-01-02T12:00:00Z") })).toEqual([sandbox.head()]);
  expect(await commits({ limit: 1 })).toEqual([sandbox.head()]);
  expect(await commits({ paths: [version], addedOnly: true })).toEqual([sandbox.head("HEAD~2")]);
  expect(await commits({ from: sandbox.head("HEAD~1") ?? "" })).toEqual([sandbox.head("HEAD~2")]);
});

test("a path that looks like an option or a pattern is only a path", async () => {
  const sandbox = story();
  expect(await history(sandbox, { paths: ["--output=stolen"] })).toEqual([]);
  expect(await history(sandbox, { paths: ["prompt-templates/*"] })).toEqual([]);
  expect(sandbox.status()).toBe("");
});

test("the user's settings for git log and diff change nothing", async () => {
  const sandbox = story();
  const expected = await history(sandbox);
  const settings = {
    "log.showRoot": "false",
    "log.follow": "true",
    "log.showSignature": "true",
    "log.date": "relative",
    "log.diffMerges": "combined",
    "diff.relative": "true",
    "diff.renames": "copies",
    "diff.orderFile": ".git/order",
    "diff.noprefix": "true",
    "color.ui": "always",
    "core.abbrev": "7",
    "format.pretty": "oneline",
  };
  for (const [key, value] of Object.entries(settings)) sandbox.git("config", key, value);
  sandbox.write({ ".git/order": "*.md\n" });
  expect(await history(sandbox)).toEqual(expected);
  expect(await history(sandbox.in(registry))).toEqual(expected);
});

/** Main and a branch change the state at the same time; the branch is merged. */
function mergedStory(): Sandbox {
  const sandbox = story();
  sandbox.git("switch", "--quiet", "-c", "next");
  sandbox.write({ [`${registry}/welcome/1.1.0.md`]: "Welcome back\n" });
  sandbox.commit("on the branch");
  sandbox.git("switch", "--quiet", "main");
  sandbox.write({ [state]: "schema: promptsync/v1\nflags: {}\n" });
  sandbox.commit("on main");
  sandbox.git("merge", "--quiet", "--no-edit", "next");
  return sandbox;
}

test("commits of a merged branch are told one by one, and the merge itself tells no files", async () => {
  const sandbox = mergedStory();
  const told = await history(sandbox);
  expect(told.map(({ message, files }) => [message.split("\n", 1)[0], files.length])).toEqual([
    ["Merge branch 'next'", 0],
    ["on main", 1],
    ["on the branch", 1],
    ["promptsync: alias set dev", 1],
    ["welcome", 2],
  ]);
});

test("the first parents alone tell what the branch held: a merge is one step with all that it brought", async () => {
  const sandbox = mergedStory();
  const told = await history(sandbox, { firstParent: true });
  expect(
    told.map(({ message, files }) => [message.split("\n", 1)[0], files.map(({ path }) => path)]),
  ).toEqual([
    ["Merge branch 'next'", [`${registry}/welcome/1.1.0.md`]],
    ["on main", [state]],
    ["promptsync: alias set dev", [state]],
    ["welcome", [state, version]],
  ]);
});

test("a version that was renamed is told as one that vanished and one that came", async () => {
  const sandbox = story();
  sandbox.git("mv", version, `${registry}/welcome/9.0.0.md`);
  sandbox.commit("rename");
  const [rename] = await history(sandbox, { limit: 1 });
  expect(rename?.files.map(({ status }) => status)).toEqual(["deleted", "added"]);
});

test("a commit of 100,000 files is read in one go, however small the pieces in which it arrives", () => {
  const path = (index: number) => `${registry}/prompt-${index}/1.0.0.md`;
  const blob = (index: number) => index.toString(16).padStart(40, "0");
  const none = "0".repeat(40);
  const added = (index: number) => [`:000000 100644 ${none} ${blob(index + 1)} A`, path(index)];
  const last = ["c".repeat(40), "1767225600", "Ada", "ada@example.com", "import\n", "\n"];
  const fields = [...last, ...Array.from({ length: 100_000 }, (_, index) => added(index)).flat()];
  const log = openLog();
  const start = performance.now();
  for (let at = 0; at < fields.length; at += 500) expect(log.read(fields.slice(at, at + 500))).toEqual([]);
  const [commit, ...others] = log.end();
  expect(performance.now() - start).toBeLessThan(2000); // 13 s when each piece is read from the commit's beginning
  expect(others).toEqual([]);
  expect(commit?.files).toHaveLength(100_000);
  expect(commit?.files.at(-1)).toEqual({
    status: "added",
    path: path(99_999),
    before: null,
    after: blob(100_000),
  });
});
