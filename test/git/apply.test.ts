import { expect, test } from "vitest";
import type { Receipt } from "../../src/store/apply/apply.js";
import { aliasMove, applyIn, makePlan, registryFiles, stateFile } from "../support/plans.js";
import { createSandbox, type Sandbox } from "../support/sandbox.js";

const version = "prompt-templates/welcome/1.1.0.md";

/** The files of a commit with their contents. */
function committed(sandbox: Sandbox, commit = "HEAD"): Record<string, string> {
  const paths = sandbox.git("ls-tree", "-r", "--name-only", commit).split("\n");
  return Object.fromEntries(paths.map((path) => [path, `${sandbox.git("show", `${commit}:${path}`)}\n`]));
}

const pathsOf = ({ changes }: Receipt) => changes.map(({ path }) => path);

test("a plan becomes one commit with its files in the work tree and in the index", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  const before = sandbox.head();
  const { changes, ...receipt } = await applyIn(sandbox);
  expect(receipt).toEqual({ commit: sandbox.head(), branch: "main", detached: false });
  expect(changes.map(({ path }) => path)).toEqual([version, stateFile]);
  expect(sandbox.head("HEAD~1")).toBe(before);
  expect(sandbox.read(version)).toBe("Welcome back {{ name }}\n");
  expect(committed(sandbox)).toEqual({
    ...registryFiles,
    [version]: "Welcome back {{ name }}\n",
    [stateFile]: registryFiles[stateFile].replace('serve: "1.0.0"', 'serve: "1.1.0"'),
  });
  expect(sandbox.status()).toBe("");
  expect(sandbox.git("fsck", "--strict")).toBe("");
});

test("plumbing that never refreshes the index sees a clean work tree afterwards", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  await applyIn(sandbox);
  expect(sandbox.git("diff-files", "--name-only")).toBe("");
  expect(sandbox.git("diff-index", "--name-only", "HEAD")).toBe("");
});

test("the commit has the plan's message, the user as its author and a reflog entry", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  await applyIn(sandbox);
  expect(sandbox.git("log", "-1", "--format=%B")).toBe(
    "promptsync: push welcome@1.1.0\n\nPromptsync-Action: push\n",
  );
  expect(sandbox.git("log", "-1", "--format=%an %ae %cn %ce")).toBe(
    "Ada Lovelace ada@example.com Ada Lovelace ada@example.com",
  );
  expect(sandbox.git("reflog", "-1", "--format=%gs")).toBe("commit: promptsync: push welcome@1.1.0");
  expect(sandbox.git("reflog", "-1", "--format=%gs", "main")).toBe("commit: promptsync: push welcome@1.1.0");
});

test("nothing of ours is left in the git directory", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  await applyIn(sandbox);
  expect(sandbox.run("ls", [".git/promptsync"]).stdout).toBe("");
  expect(sandbox.exists(".git/index.lock")).toBe(false);
});

test("a change of one alias starts a constant number of git processes", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  sandbox.environment.PROMPTSYNC_TRACE_GIT = `${sandbox.root}/trace`;
  await applyIn(sandbox, makePlan(sandbox, { writes: {}, edits: [aliasMove("2.0.0")] }));
  const calls = sandbox.read(`${sandbox.root}/trace`).trim().split("\n");
  const names = calls.map((line) =>
    (JSON.parse(line) as string[]).find((arg) => /^[a-z]+(-[a-z]+)*$/.test(arg)),
  );
  expect(names.sort()).toEqual([
    "cat-file",
    "commit-tree",
    "config",
    "diff-index",
    "rev-parse",
    "unpack-objects",
    "update-index",
    "update-ref",
  ]);
});

test("an unborn branch gets a root commit that holds the plan and nothing else", async () => {
  const sandbox = createSandbox();
  sandbox.write({ "notes.txt": "staged\n", "draft.txt": "untracked\n" });
  sandbox.git("add", "notes.txt");
  const receipt = await applyIn(sandbox, makePlan(sandbox, { edits: [] }));
  expect(receipt).toMatchObject({ commit: sandbox.head(), branch: "main" });
  expect(committed(sandbox)).toEqual({ [version]: "Welcome back {{ name }}\n" });
  expect(sandbox.git("rev-list", "--count", "HEAD")).toBe("1");
  expect(sandbox.git("reflog", "-1", "--format=%gs")).toMatch(/^commit \(initial\): /);
  expect(sandbox.status()).toBe("A  notes.txt\n?? draft.txt");
});

test("a detached HEAD takes the commit, and the receipt says so", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  sandbox.git("checkout", "--quiet", "--detach");
  const receipt = await applyIn(sandbox);
  expect(receipt).toMatchObject({ commit: sandbox.head(), branch: null, detached: true });
  expect(sandbox.head("main")).toBe(sandbox.head("HEAD~1"));
  expect(sandbox.status()).toBe("");
});

test("a linked work tree commits to its own branch and leaves the others alone", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  sandbox.git("worktree", "add", "--quiet", "-b", "next", "../linked");
  const linked = sandbox.in("../linked");
  const receipt = await applyIn(linked);
  expect(receipt).toMatchObject({ commit: linked.head(), branch: "next" });
  expect(sandbox.head("main")).toBe(linked.head("next~1"));
  expect(linked.status()).toBe("");
  expect(sandbox.status()).toBe("");
});

test("a sub-directory is as good as the top", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  await applyIn(sandbox.in("prompt-templates"), makePlan(sandbox));
  expect(sandbox.read(version)).toBe("Welcome back {{ name }}\n");
  expect(sandbox.status()).toBe("");
});

test("a bare repository gets the commit only", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  sandbox.git("clone", "--quiet", "--bare", ".", "../bare");
  const bare = sandbox.in("../bare");
  const receipt = await applyIn(bare);
  expect(receipt).toMatchObject({ commit: bare.head("main"), branch: "main" });
  expect(committed(bare)[version]).toBe("Welcome back {{ name }}\n");
});

test("a SHA-256 repository works the same", async () => {
  const sandbox = createSandbox({ files: registryFiles, objectFormat: "sha256" });
  const receipt = await applyIn(sandbox);
  expect(receipt.commit).toHaveLength(64);
  expect(sandbox.status()).toBe("");
  expect(sandbox.git("fsck", "--strict")).toBe("");
});

test("a submodule commits to itself", async () => {
  const library = createSandbox({ files: registryFiles });
  const sandbox = createSandbox({ files: { "readme.txt": "Shop\n" } });
  sandbox.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", library.directory, "shared");
  const inner = sandbox.in("shared");
  const receipt = await applyIn(inner);
  expect(inner.head()).toBe(receipt.commit);
  expect(inner.status()).toBe("");
});

test("a deleted version leaves the commit, the index and the work tree", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  const old = "prompt-templates/welcome/1.0.0.md";
  await applyIn(sandbox, makePlan(sandbox, { writes: {}, edits: [], deletes: [old] }));
  expect(sandbox.exists(old)).toBe(false);
  expect(Object.keys(committed(sandbox))).toEqual([stateFile, "readme.txt"]);
  expect(sandbox.status()).toBe("");
});

test("a thousand files are one commit and no more processes", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  const writes = Object.fromEntries(
    Array.from({ length: 1000 }, (_, index) => [
      `prompt-templates/group-${String(index % 7)}/prompt-${String(index)}/1.0.0.md`,
      `Prompt ${String(index)}\n`,
    ]),
  );
  sandbox.environment.PROMPTSYNC_TRACE_GIT = `${sandbox.root}/trace`;
  await applyIn(sandbox, makePlan(sandbox, { writes, edits: [] }));
  expect(sandbox.read(`${sandbox.root}/trace`).trim().split("\n")).toHaveLength(8);
  expect(sandbox.status()).toBe("");
  expect(sandbox.git("ls-tree", "-r", "--name-only", "HEAD").split("\n")).toHaveLength(1003);
  expect(sandbox.git("fsck", "--strict")).toBe("");
});

test("what is there already is no commit", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  const before = sandbox.head();
  const writes = { "prompt-templates/welcome/1.0.0.md": "Welcome {{ name }}\n" };
  const receipt = await applyIn(sandbox, makePlan(sandbox, { writes, edits: [aliasMove("1.0.0")] }));
  expect(receipt).toEqual({ commit: null, branch: "main", detached: false, changes: [] });
  expect(sandbox.head()).toBe(before);
});

test("a version that exists with other content is refused with both digests", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  const before = sandbox.head();
  const writes = { "prompt-templates/welcome/1.0.0.md": "Something else\n" };
  await expect(applyIn(sandbox, makePlan(sandbox, { writes }))).rejects.toMatchObject({
    code: "VERSION_EXISTS",
    data: {
      existing: expect.stringMatching(/^sha256:/) as string,
      wanted: expect.stringMatching(/^sha256:/) as string,
    },
  });
  expect(sandbox.head()).toBe(before);
  expect(sandbox.status()).toBe("");
});

test("files that git does not know yet are taken along as they stand", async () => {
  const sandbox = createSandbox();
  sandbox.write({ [stateFile]: registryFiles[stateFile], ".gitattributes": "prompt-templates/** -text\n" });
  const receipt = await applyIn(sandbox, makePlan(sandbox), { alongside: [".gitattributes", "missing.txt"] });
  expect(pathsOf(receipt)).toEqual([version, stateFile, ".gitattributes"]);
  expect(committed(sandbox)).toMatchObject({
    ".gitattributes": "prompt-templates/** -text\n",
    [stateFile]: expect.stringContaining('serve: "1.1.0"') as string,
  });
  expect(sandbox.status()).toBe("");
});

test("files alongside that git knows already stay as the user left them", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  sandbox.write({ "readme.txt": "Edited\n", "notes.txt": "staged\n" });
  sandbox.git("add", "notes.txt");
  const receipt = await applyIn(sandbox, makePlan(sandbox), { alongside: ["readme.txt", "notes.txt"] });
  expect(pathsOf(receipt)).toEqual([version, stateFile]);
  expect(sandbox.status()).toBe("A  notes.txt\n M readme.txt");
});

test("the date of a commit is never before its parent's", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  sandbox.setDate("2026-05-01T00:00:00Z");
  sandbox.commit("from a clock that is ahead");
  delete sandbox.environment.GIT_COMMITTER_DATE;
  delete sandbox.environment.GIT_AUTHOR_DATE;
  await applyIn(sandbox, makePlan(sandbox), { now: new Date("2026-02-01T00:00:00Z") });
  expect(sandbox.git("log", "-1", "--format=%ct %at")).toBe("1777593601 1777593601");
});

test("without dates in the environment the moment of the run is the date", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  delete sandbox.environment.GIT_COMMITTER_DATE;
  delete sandbox.environment.GIT_AUTHOR_DATE;
  await applyIn(sandbox, makePlan(sandbox), { now: new Date("2026-02-01T00:00:00Z") });
  expect(sandbox.git("log", "-1", "--format=%ct")).toBe(String(Date.UTC(2026, 1, 1) / 1000));
});

test("an executable file stays executable", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  sandbox.run("chmod", ["+x", stateFile]);
  sandbox.commit("odd but allowed");
  await applyIn(sandbox);
  expect(sandbox.git("ls-tree", "HEAD", stateFile)).toMatch(/^100755/);
  expect(sandbox.status()).toBe("");
});

test("without a commit the change lies in the working tree, on top of the user's edits", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  const before = sandbox.head();
  sandbox.write({ [stateFile]: `${registryFiles[stateFile]}# to do: greet by name\n` });
  const receipt = await applyIn(sandbox, makePlan(sandbox), { commit: false });
  expect([receipt.commit, pathsOf(receipt)]).toEqual([null, [version, stateFile]]);
  expect(sandbox.head()).toBe(before);
  expect(sandbox.read(stateFile)).toContain('serve: "1.1.0"');
  expect(sandbox.read(stateFile)).toContain("# to do: greet by name\n");
  expect(sandbox.status()).toBe(` M ${stateFile}\n?? ${version}`);
});

test("a change of many commits in a row is a straight line", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  for (const next of ["2.0.0", "3.0.0", "4.0.0"]) {
    await applyIn(sandbox, makePlan(sandbox, { writes: {}, edits: [aliasMove(next)] }));
  }
  expect(sandbox.git("log", "--format=%ct", "-4").split("\n").map(Number)).toEqual([
    1767225603, 1767225602, 1767225601, 1767225600,
  ]);
  expect(sandbox.status()).toBe("");
});
