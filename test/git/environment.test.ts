import { spawn } from "node:child_process";
import { appendFileSync } from "node:fs";
import { expect, test } from "vitest";
import { repositoryVariables } from "../../src/store/git/environment.js";
import { openRepository } from "../../src/store/git/repository.js";
import { listIndex } from "../../src/store/listing/list.js";
import { createSandbox, type Sandbox } from "../support/sandbox.js";

const version = "prompt-templates/task/welcome/1.0.0.md";

/** A hook that keeps the environment it was given, one `NAME=value` a line. */
function recordEnvironment(sandbox: Sandbox, hook: string, directory = ".git"): string {
  const file = `${sandbox.root}/${hook}.environment`;
  sandbox.write({ [`${directory}/hooks/${hook}`]: `#!/bin/sh\nenv > '${file}'\npwd > '${file}.cwd'\n` });
  sandbox.run("chmod", ["+x", `${directory}/hooks/${hook}`]);
  return file;
}

/** The environment and folder that a hook ran in. */
function recorded(sandbox: Sandbox, file: string): { environment: NodeJS.ProcessEnv; cwd: string } {
  const lines = sandbox.read(file).trimEnd().split("\n");
  const pairs = lines.map(
    (line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)] as const,
  );
  return { environment: Object.fromEntries(pairs), cwd: sandbox.read(`${file}.cwd`).trim() };
}

async function indexedFiles(directory: string, world: { environment: NodeJS.ProcessEnv; cwd: string }) {
  const repository = await openRepository(directory, world);
  return (await listIndex(repository, "prompt-templates")).files.map((file) => file.path);
}

test("git's own list of variables that bind it to a repository is covered", () => {
  const sandbox = createSandbox();
  const local = sandbox.git("rev-parse", "--local-env-vars").split("\n");
  expect(repositoryVariables).toEqual(expect.arrayContaining(local));
});

test.for([
  { title: "git commit", args: ["commit", "--quiet", "-m", "add welcome"] },
  { title: "git commit -a", args: ["commit", "--quiet", "-a", "-m", "add welcome"] },
  { title: "git commit --only", args: ["commit", "--quiet", "-m", "add welcome", "--only", version] },
])("inside the pre-commit hook of `$title` the index is the one about to be committed", async ({ args }) => {
  const sandbox = createSandbox({ files: { [version]: "draft\n", "notes.txt": "call Ada\n" } });
  const file = recordEnvironment(sandbox, "pre-commit");
  sandbox.write({ [version]: "Welcome {{ name }}\n" });
  sandbox.git("add", version);
  // The private index of `commit --only` is gone after the commit, so the hook itself copies it.
  sandbox.write({
    ".git/hooks/pre-commit": `${sandbox.read(".git/hooks/pre-commit")}cp "$GIT_INDEX_FILE" '${sandbox.root}/index'\n`,
  });
  sandbox.git(...args);
  const world = recorded(sandbox, file);
  expect(world.environment.GIT_INDEX_FILE).toBeDefined();
  const repository = await openRepository(sandbox.directory, {
    ...world,
    environment: { ...world.environment, GIT_INDEX_FILE: `${sandbox.root}/index` },
  });
  expect(repository.indexFile).toBe(`${sandbox.root}/index`);
  const [listed] = (await listIndex(repository, "prompt-templates")).files;
  expect(listed?.blob).toBe(sandbox.git("rev-parse", `HEAD:${version}`));
});

test("inside a hook of a linked work tree another repository is read from its own index", async () => {
  const sandbox = createSandbox({ files: { [version]: "Welcome\n" } });
  const other = createSandbox({ files: { "prompt-templates/refund/2.0.0.md": "Refund\n" } });
  sandbox.git("worktree", "add", "--quiet", "-b", "next", "../linked");
  const file = recordEnvironment(sandbox, "pre-commit");
  sandbox.in("../linked").git("commit", "--quiet", "--allow-empty", "-m", "nothing");
  const world = recorded(sandbox, file);
  expect(world.environment.GIT_DIR).toBeDefined();
  expect(await indexedFiles(other.directory, world)).toEqual(["refund/2.0.0.md"]);
  expect(await indexedFiles(`${sandbox.root}/linked`, world)).toEqual(["task/welcome/1.0.0.md"]);
  // Git alone would take the sub-folder for the top of the work tree.
  const { top } = await openRepository(`${sandbox.root}/linked/prompt-templates`, world);
  expect(top).toBe(`${sandbox.root}/linked`);
});

test("a relative GIT_INDEX_FILE of one repository does not reach another", async () => {
  const sandbox = createSandbox({ files: { [version]: "Welcome\n" } });
  const other = createSandbox({ files: { "prompt-templates/refund/2.0.0.md": "Refund\n" } });
  const environment = { ...sandbox.environment, GIT_INDEX_FILE: ".git/next-index-1.lock" };
  const world = { environment, cwd: sandbox.directory };
  expect(await indexedFiles(other.directory, world)).toEqual(["refund/2.0.0.md"]);
});

test("inside pre-receive the commits in quarantine can be read", async () => {
  const server = createSandbox({ bare: true });
  const file = recordEnvironment(server, "pre-receive", ".");
  // The quarantine lasts as long as the hook, so the hook waits for the test.
  const go = `${server.root}/go`;
  appendFileSync(server.path("hooks/pre-receive"), `until [ -e '${go}' ]; do sleep 0.02; done\n`);
  const clone = createSandbox({ files: { [version]: "Welcome\n" } });
  const push = spawn("git", ["push", "--quiet", server.directory, "main"], {
    cwd: clone.directory,
    env: clone.environment,
  });
  await expect.poll(() => server.exists(`${file}.cwd`)).toBe(true);
  const repository = await openRepository(server.directory, recorded(server, file));
  const pushed = clone.head() ?? "";
  const [commit] = await repository.objects.info([pushed]);
  server.write({ [go]: "" });
  await new Promise((resolve) => push.on("close", resolve));
  expect(commit).toMatchObject({ id: pushed, type: "commit" });
});

test("a folder in no repository uses the one that GIT_DIR names", async () => {
  const sandbox = createSandbox({ files: { [version]: "Welcome\n" } });
  const environment = {
    ...sandbox.environment,
    GIT_DIR: sandbox.path(".git"),
    GIT_WORK_TREE: sandbox.directory,
  };
  const repository = await openRepository(sandbox.home, { environment, cwd: sandbox.home });
  expect(repository.gitDirectory).toBe(sandbox.path(".git"));
});

test("a hostile environment changes nothing that is read", async () => {
  const sandbox = createSandbox({ files: { [version]: "Welcome\n" } });
  const environment = {
    ...sandbox.environment,
    LANG: "de_DE.UTF-8",
    LANGUAGE: "de",
    GIT_PAGER: "false",
    GIT_EXTERNAL_DIFF: "false",
    GIT_GLOB_PATHSPECS: "1",
    GIT_ICASE_PATHSPECS: "1",
  };
  expect(await indexedFiles(sandbox.directory, { environment, cwd: sandbox.directory })).toEqual([
    "task/welcome/1.0.0.md",
  ]);
});
