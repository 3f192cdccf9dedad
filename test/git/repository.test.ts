import { expect, test } from "vitest";
import { openRepository } from "../../src/store/git/repository.js";
import { createSandbox, type Sandbox } from "../support/sandbox.js";

const open = (sandbox: Sandbox, directory = sandbox.directory) =>
  openRepository(directory, { environment: sandbox.environment, cwd: sandbox.directory });
const welcome = { "prompts/welcome.txt": "Welcome {{ name }}\n" };

test("a repository is described by one git process", async () => {
  const sandbox = createSandbox({ files: welcome });
  const repository = await open(sandbox);
  expect(repository).toMatchObject({
    top: sandbox.directory,
    prefix: "",
    gitDirectory: sandbox.path(".git"),
    commonDirectory: sandbox.path(".git"),
    indexFile: sandbox.path(".git/index"),
    bare: false,
    shallow: false,
    objectFormat: "sha1",
    head: { commit: sandbox.head(), branch: "refs/heads/main" },
  });
  expect(repository.git.processes).toBe(1);
});

test("a sub-directory finds the repository around it", async () => {
  const sandbox = createSandbox({ files: welcome });
  const repository = await open(sandbox, sandbox.path("prompts"));
  expect(repository).toMatchObject({ top: sandbox.directory, prefix: "prompts/" });
});

test("an unborn branch has a name and no commit", async () => {
  const repository = await open(createSandbox());
  expect(repository.head).toEqual({ commit: null, branch: "refs/heads/main" });
});

test("a detached HEAD has a commit and no branch", async () => {
  const sandbox = createSandbox({ files: welcome });
  sandbox.git("checkout", "--quiet", "--detach");
  expect((await open(sandbox)).head).toEqual({ commit: sandbox.head(), branch: null });
});

test("a bare repository has no work tree", async () => {
  const repository = await open(createSandbox({ bare: true }));
  expect(repository).toMatchObject({ top: null, bare: true });
});

test("a linked work tree has its own index and shares the rest", async () => {
  const sandbox = createSandbox({ files: welcome });
  sandbox.git("worktree", "add", "--quiet", "-b", "next", "../linked");
  const repository = await open(sandbox, `${sandbox.root}/linked`);
  expect(repository).toMatchObject({
    top: `${sandbox.root}/linked`,
    gitDirectory: sandbox.path(".git/worktrees/linked"),
    commonDirectory: sandbox.path(".git"),
    indexFile: sandbox.path(".git/worktrees/linked/index"),
    head: { branch: "refs/heads/next" },
  });
});

test("a submodule is a repository of its own", async () => {
  const library = createSandbox({ files: welcome });
  const sandbox = createSandbox({ files: { "readme.txt": "Shop\n" } });
  sandbox.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", library.directory, "shared");
  const repository = await open(sandbox, sandbox.path("shared"));
  expect(repository.top).toBe(sandbox.path("shared"));
  expect(repository.head.commit).toBe(library.head());
});

test("a SHA-256 repository has ids of 64 characters", async () => {
  const repository = await open(createSandbox({ files: welcome, objectFormat: "sha256" }));
  expect(repository.objectFormat).toBe("sha256");
  expect(repository.head.commit).toHaveLength(64);
});

test("a folder in no repository is an error that says how to make one", async () => {
  const sandbox = createSandbox({ repository: false });
  await expect(open(sandbox)).rejects.toMatchObject({
    code: "NOT_A_REPOSITORY",
    hint: expect.stringContaining("git init") as string,
  });
});

test("a folder that does not exist is named", async () => {
  const sandbox = createSandbox();
  await expect(open(sandbox, sandbox.path("nowhere"))).rejects.toMatchObject({ code: "FILE_NOT_FOUND" });
});

test("a repository that git does not trust passes git's advice on", async () => {
  const sandbox = createSandbox({ files: welcome });
  sandbox.environment.GIT_TEST_ASSUME_DIFFERENT_OWNER = "1";
  await expect(open(sandbox)).rejects.toMatchObject({
    code: "GIT_FAILED",
    hint: expect.stringContaining("safe.directory") as string,
  });
});

test("a git that is too old says so and names the floor", async () => {
  const sandbox = createSandbox({ files: welcome });
  sandbox.write({
    "../old/git": `#!/bin/sh
case "$1" in
  version) echo git version 2.30.2 ;;
  cat-file) exit 129 ;;
  *) PATH="\${PATH#*:}" exec git "$@" ;;
esac
`,
  });
  sandbox.run("chmod", ["+x", "../old/git"]);
  sandbox.environment.PATH = `${sandbox.root}/old:${sandbox.environment.PATH ?? ""}`;
  const repository = await open(sandbox);
  await expect(repository.objects.info(["HEAD"])).rejects.toMatchObject({
    code: "GIT_TOO_OLD",
    message: "git version 2.30.2 is older than 2.36",
  });
});

test("without git the error says to install it", async () => {
  const sandbox = createSandbox();
  sandbox.environment.PATH = sandbox.home;
  await expect(open(sandbox)).rejects.toMatchObject({
    code: "GIT_FAILED",
    message: "git could not be started",
  });
});
