import { chmodSync, symlinkSync } from "node:fs";
import { expect, test } from "vitest";
import { aliasMove, applyIn, makePlan, registryFiles, stateFile } from "../support/plans.js";
import { createSandbox, type Sandbox } from "../support/sandbox.js";

const version = "prompt-templates/welcome/1.1.0.md";

/** Everything of a repository that a refused change must leave alone. */
function picture(sandbox: Sandbox): unknown {
  return {
    head: sandbox.run("git", ["rev-parse", "HEAD"]).stdout,
    status: sandbox.status(),
    index: sandbox.git("ls-files", "--stage"),
    refs: sandbox.git("for-each-ref"),
    state: sandbox.exists(stateFile) ? sandbox.read(stateFile) : null,
    locks: sandbox.run("find", [".git", "-name", "*lock*"]).stdout,
  };
}

/** Applies the usual plan, expects a refusal, and that nothing at all has changed. */
async function expectRefusal(sandbox: Sandbox, error: object, plan = makePlan(sandbox)): Promise<void> {
  const before = picture(sandbox);
  await expect(applyIn(sandbox, plan)).rejects.toMatchObject(error);
  expect(picture(sandbox)).toEqual(before);
}

test("without a name the error holds the two lines to type, and nothing is changed", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  sandbox.git("config", "--global", "--unset", "user.name");
  sandbox.git("config", "--global", "--unset", "user.email");
  sandbox.git("config", "--global", "user.useConfigOnly", "true");
  await expectRefusal(sandbox, {
    code: "IDENTITY_MISSING",
    hint: 'git config --global user.name "Your Name"\ngit config --global user.email "you@example.com"',
  });
  sandbox.git("config", "--global", "user.name", "Ada Lovelace");
  sandbox.git("config", "--global", "user.email", "ada@example.com");
  expect((await applyIn(sandbox)).commit).toBe(sandbox.head());
});

test("unstaged edits of a touched file are refused by name", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  sandbox.write({ [stateFile]: `${registryFiles[stateFile]}# mine\n` });
  await expectRefusal(sandbox, { code: "UNCOMMITTED_CHANGES", file: stateFile });
});

test("staged edits of a touched file are refused by name, also when the work tree looks committed", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  sandbox.write({ [stateFile]: `${registryFiles[stateFile]}# mine\n` });
  sandbox.git("add", stateFile);
  sandbox.write({ [stateFile]: registryFiles[stateFile] });
  await expectRefusal(sandbox, { code: "UNCOMMITTED_CHANGES", file: stateFile });
});

test.for(["--assume-unchanged", "--skip-worktree"])(
  "edits hidden from git by %s are still edits",
  async (flag) => {
    const sandbox = createSandbox({ files: registryFiles });
    sandbox.git("update-index", flag, stateFile);
    sandbox.write({ [stateFile]: `${registryFiles[stateFile]}# mine\n` });
    await expectRefusal(sandbox, { code: "UNCOMMITTED_CHANGES", file: stateFile });
    expect(sandbox.read(stateFile)).toContain("# mine");
  },
);

test("a touched file that was deleted by hand is refused by name", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  sandbox.remove(stateFile);
  await expectRefusal(sandbox, { code: "UNCOMMITTED_CHANGES", file: stateFile });
});

test("a file whose line endings git changed at checkout has no edits", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  sandbox.git("config", "core.autocrlf", "true");
  sandbox.remove("prompt-templates");
  sandbox.git("checkout", "--quiet", "--", ".");
  expect(sandbox.read(stateFile)).toContain("\r\n");
  await applyIn(sandbox);
  expect(sandbox.git("show", `HEAD:${stateFile}`)).not.toContain("\r");
  expect(sandbox.status()).toBe("");
});

/** Leaves the repository in the middle of something that has a conflict in the state file. */
function startConflict(sandbox: Sandbox, ...command: readonly string[]): void {
  sandbox.git("switch", "--quiet", "-c", "next");
  sandbox.write({ "readme.txt": "next\n" });
  sandbox.commit("next");
  sandbox.git("switch", "--quiet", "main");
  sandbox.write({ "readme.txt": "main\n" });
  sandbox.commit("main");
  sandbox.run("git", command);
}

test.for([
  { state: "merge", command: ["merge", "next"] },
  { state: "rebase", command: ["rebase", "next"] },
  { state: "cherry-pick", command: ["cherry-pick", "next"] },
  { state: "revert", command: ["revert", "--no-edit", "HEAD~1"] },
])("a $state that is not finished is named, with both ways out of it", async ({ state, command }) => {
  const sandbox = createSandbox({ files: registryFiles });
  startConflict(sandbox, ...command);
  await expectRefusal(sandbox, {
    code: "WORK_IN_PROGRESS",
    message: `a ${state} is not finished yet`,
    hint: `finish it with \`git ${state} --continue\`, or undo it with \`git ${state} --abort\``,
  });
});

test("an unmerged file is named when a stash could not be applied", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  sandbox.write({ "readme.txt": "stashed\n" });
  sandbox.git("stash", "--quiet");
  sandbox.write({ "readme.txt": "committed\n" });
  sandbox.commit("meanwhile");
  sandbox.run("git", ["stash", "pop"]);
  await expectRefusal(sandbox, { code: "WORK_IN_PROGRESS", file: "readme.txt" });
});

test("a plan made for another commit is refused", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  const plan = makePlan(sandbox);
  sandbox.commit("meanwhile");
  await expectRefusal(sandbox, { code: "HEAD_MOVED" }, plan);
});

test("a branch that moves at the last moment is refused, and everything is put back", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  const plan = makePlan(sandbox);
  const other = sandbox.git("commit-tree", "HEAD^{tree}", "-p", "HEAD", "-m", "somebody else");
  const moved = applyIn(sandbox, plan, {
    onStep: (step) => {
      if (step === "lock branch") sandbox.git("update-ref", "refs/heads/main", other);
    },
  });
  await expect(moved).rejects.toMatchObject({ code: "HEAD_MOVED", data: { commit: other } });
  expect(sandbox.head()).toBe(other);
  expect(sandbox.status()).toBe("");
  expect(sandbox.exists(version)).toBe(false);
  expect(sandbox.exists(".git/index.lock")).toBe(false);
});

test("files taken along stay on disk and out of the index when the change is put back", async () => {
  const sandbox = createSandbox({ files: { "readme.txt": "Shop\n" } });
  sandbox.write({ [stateFile]: registryFiles[stateFile], ".gitattributes": "prompt-templates/** -text\n" });
  const other = sandbox.git("commit-tree", "HEAD^{tree}", "-p", "HEAD", "-m", "somebody else");
  const moved = applyIn(sandbox, makePlan(sandbox), {
    alongside: [".gitattributes"],
    onStep: (step) => {
      if (step === "lock branch") sandbox.git("update-ref", "refs/heads/main", other);
    },
  });
  await expect(moved).rejects.toMatchObject({ code: "HEAD_MOVED" });
  expect(sandbox.status()).toBe("?? .gitattributes\n?? prompt-templates/");
  expect(sandbox.read(stateFile)).toBe(registryFiles[stateFile]);
});

test("once the branch is locked, nobody moves it any more", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  const other = sandbox.git("commit-tree", "HEAD^{tree}", "-p", "HEAD", "-m", "somebody else");
  let status: number | null = 0;
  const receipt = await applyIn(sandbox, makePlan(sandbox), {
    onStep: (step) => {
      if (step === "move branch")
        status = sandbox.run("git", ["update-ref", "refs/heads/main", other]).status;
    },
  });
  expect(status).not.toBe(0);
  expect(sandbox.head()).toBe(receipt.commit);
});

test("a file that appears in the last moment is not overwritten", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  const applied = applyIn(sandbox, makePlan(sandbox), {
    onStep: (step, path) => {
      if (step === "name file" && path === version) sandbox.write({ [version]: "mine\n" });
    },
  });
  await expect(applied).rejects.toMatchObject({ code: "UNCOMMITTED_CHANGES", file: version });
  expect(sandbox.read(version)).toBe("mine\n");
  expect(sandbox.read(stateFile)).toBe(registryFiles[stateFile]);
  expect(sandbox.status()).toBe(`?? ${version}`);
});

test("a file that is edited in the last moment keeps the edit", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  const mine = `${registryFiles[stateFile]}# mine\n`;
  const applied = applyIn(sandbox, makePlan(sandbox), {
    onStep: (step, path) => {
      if (step === "name file" && path === stateFile) sandbox.write({ [stateFile]: mine });
    },
  });
  await expect(applied).rejects.toMatchObject({ code: "UNCOMMITTED_CHANGES", file: stateFile });
  expect(sandbox.read(stateFile)).toBe(mine);
  expect(sandbox.status()).toBe(` M ${stateFile}`);
});

test("git's own lock is waited for, and then named", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  sandbox.write({ ".git/index.lock": "" });
  await expectRefusal(sandbox, { code: "LOCKED", file: sandbox.path(".git/index.lock") });
  expect(sandbox.read(".git/index.lock")).toBe("");
});

test("a branch that is checked out elsewhere is refused with the place", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  sandbox.git("worktree", "add", "--quiet", "--force", "../linked", "main");
  await expectRefusal(sandbox, { code: "LOCKED", data: { branch: "main", path: `${sandbox.root}/linked` } });
});

test("a bare repository whose branch has a work tree is refused with the place", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  sandbox.git("clone", "--quiet", "--bare", ".", "../bare");
  const bare = sandbox.in("../bare");
  bare.git("worktree", "add", "--quiet", "../desk", "main");
  await expect(applyIn(bare)).rejects.toMatchObject({
    code: "LOCKED",
    data: { path: `${sandbox.root}/desk` },
  });
});

test.for([
  "../outside.md",
  "/etc/outside.md",
  "prompt-templates/../../outside.md",
  "prompt-templates//x.md",
  "prompt-templates/./x.md",
  ".git/config",
  "prompt-templates/.GIT/config",
  "prompt-templates/git~1/config",
  "prompt-templates/.g\u200cit/config",
  "prompt-templates/con",
  "prompt-templates/Aux.md",
  "prompt-templates/com1.txt",
  "prompt-templates/welcome./1.0.0.md",
  "prompt-templates/welcome /1.0.0.md",
  "prompt-templates/a\\b.md",
  "prompt-templates/a:b.md",
  "prompt-templates/a\nb.md",
  "prompt-templates/\u001b[31m.md",
  "",
])("the path %j is refused before git sees it", async (path) => {
  const sandbox = createSandbox({ files: registryFiles });
  const plan = makePlan(sandbox, { writes: { [path]: "x\n" } });
  await expectRefusal(sandbox, { code: "PATH_UNSAFE", file: path }, plan);
  expect(sandbox.run("find", [sandbox.root, "-name", "outside.md"]).stdout).toBe("");
});

test("a link on the way out of the repository is refused", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  sandbox.write({ "../elsewhere/keep.txt": "theirs\n" });
  symlinkSync(`${sandbox.root}/elsewhere`, sandbox.path("prompt-templates/vendor"));
  const plan = makePlan(sandbox, { writes: { "prompt-templates/vendor/1.0.0.md": "x\n" } });
  await expectRefusal(sandbox, { code: "PATH_UNSAFE" }, plan);
  expect(sandbox.run("ls", [`${sandbox.root}/elsewhere`]).stdout).toBe("keep.txt\n");
});

test("a state file that is a link is refused", async () => {
  const sandbox = createSandbox({ files: { ...registryFiles, "real.yaml": "schema: promptsync/v1\n" } });
  sandbox.remove(stateFile);
  symlinkSync("../real.yaml", sandbox.path(stateFile));
  sandbox.commit("link the state");
  await expectRefusal(sandbox, { code: "PATH_UNSAFE" });
});

test("a name that differs from a committed one only by case is refused", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  const plan = makePlan(sandbox, { writes: { "prompt-templates/Welcome/1.1.0.md": "x\n" } });
  await expectRefusal(sandbox, { code: "PATH_UNSAFE" }, plan);
});

test("a file where a folder has to be is refused", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  const plan = makePlan(sandbox, { writes: { "readme.txt/1.0.0.md": "x\n" } });
  await expectRefusal(sandbox, { code: "PATH_UNSAFE" }, plan);
});

test("a folder that may not be written leaves everything as it was", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  if (process.getuid?.() === 0) return; // root may write anywhere
  chmodSync(sandbox.path("prompt-templates"), 0o555);
  await expectRefusal(
    sandbox,
    { code: "FILE_UNREADABLE" },
    makePlan(sandbox, { writes: {}, edits: [aliasMove("2.0.0")] }),
  );
  chmodSync(sandbox.path("prompt-templates"), 0o755);
});

test("a state file with a YAML error is refused with its place", async () => {
  const sandbox = createSandbox({ files: { ...registryFiles, [stateFile]: "schema: [\n" } });
  await expectRefusal(sandbox, { code: "STATE_INVALID" });
});
