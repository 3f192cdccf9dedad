import { symlinkSync } from "node:fs";
import { expect, test } from "vitest";
import type { Listing } from "../../src/core/listing.js";
import { openRepository } from "../../src/store/git/repository.js";
import { listCommit, listIndex, listWorktree, registryTree } from "../../src/store/listing/list.js";
import { createSandbox, type Sandbox } from "../support/sandbox.js";

const registry = "prompt-templates";
const files = {
  "prompt-templates/promptsync.yaml": "schema: promptsync/v1\n",
  "prompt-templates/task/qualify-lead/1.0.0.md": "Qualify {{ company }}\n",
  "prompt-templates/welcome/1.0.0.md": "Welcome\n",
  "prompt-templates-old/welcome/1.0.0.md": "Hello\n",
  "readme.txt": "Shop\n",
};
const listed = ["promptsync.yaml", "task/qualify-lead/1.0.0.md", "welcome/1.0.0.md"];

const open = (sandbox: Sandbox) =>
  openRepository(sandbox.directory, { environment: sandbox.environment, cwd: sandbox.directory });
const paths = (listing: Listing) => listing.files.map((file) => file.path);

test("the working tree, the index and a commit list the same files", async () => {
  const sandbox = createSandbox({ files });
  const repository = await open(sandbox);
  const commit = sandbox.head() ?? "";
  expect(paths(await listWorktree(repository, registry))).toEqual(listed);
  expect(paths(await listIndex(repository, registry))).toEqual(listed);
  expect(paths(await listCommit(repository, registry, { commit, label: "main" }))).toEqual(listed);
});

test("a listing says which commit it was made at; what is not committed has no date", async () => {
  const sandbox = createSandbox({ files });
  const repository = await open(sandbox);
  expect((await listWorktree(repository, registry)).origin).toEqual({
    kind: "worktree",
    commit: sandbox.head(),
    date: null,
    label: "working tree",
  });
  expect(repository.git.processes).toBe(1);
});

test("listing a commit starts two git processes, however many files there are", async () => {
  const sandbox = createSandbox({ files });
  const repository = await open(sandbox);
  const before = repository.git.processes;
  await listCommit(repository, registry, { commit: sandbox.head() ?? "", label: "main" });
  expect(repository.git.processes - before).toBe(2);
});

test("untracked files are in the working tree's listing and in no other", async () => {
  const sandbox = createSandbox({ files });
  sandbox.write({ "prompt-templates/welcome/1.1.0.md": "Welcome back\n" });
  const repository = await open(sandbox);
  expect(paths(await listWorktree(repository, registry))).toContain("welcome/1.1.0.md");
  expect(paths(await listIndex(repository, registry))).not.toContain("welcome/1.1.0.md");
});

test("staged files are in the index's listing with their blob", async () => {
  const sandbox = createSandbox({ files });
  sandbox.write({ "prompt-templates/welcome/1.1.0.md": "Welcome back\n" });
  sandbox.git("add", ".");
  const listing = await listIndex(await open(sandbox), registry);
  expect(listing.files.at(-1)).toEqual({
    path: "welcome/1.1.0.md",
    blob: sandbox.git("rev-parse", ":prompt-templates/welcome/1.1.0.md"),
    mode: "file",
  });
});

test("an unborn branch lists nothing and has no commit", async () => {
  const repository = await open(createSandbox());
  expect(await listWorktree(repository, registry)).toEqual({
    origin: { kind: "worktree", commit: null, date: null, label: "working tree" },
    registry,
    files: [],
  });
  expect((await listIndex(repository, registry)).files).toEqual([]);
});

test("a commit without the registry lists nothing", async () => {
  const sandbox = createSandbox({ files: { "readme.txt": "Shop\n" } });
  const listing = await listCommit(await open(sandbox), registry, {
    commit: sandbox.head() ?? "",
    label: "main",
  });
  expect(listing.files).toEqual([]);
});

test("a link inside the registry is listed as a link and what it points at is not", async () => {
  const sandbox = createSandbox({ files });
  sandbox.write({ "../elsewhere/1.0.0.md": "secret\n" });
  symlinkSync(`${sandbox.root}/elsewhere`, sandbox.path(registry, "vendor"));
  sandbox.commit("link a folder away");
  const repository = await open(sandbox);
  const commit = sandbox.head() ?? "";
  for (const listing of [
    await listWorktree(repository, registry),
    await listIndex(repository, registry),
    await listCommit(repository, registry, { commit, label: "main" }),
  ]) {
    expect(listing.files.filter((file) => file.path.startsWith("vendor"))).toMatchObject([
      { path: "vendor", mode: "link" },
    ]);
  }
});

test("a registry that is itself a link is refused everywhere", async () => {
  const sandbox = createSandbox({ files: { "shared/prompts/welcome/1.0.0.md": "Welcome\n" } });
  symlinkSync("shared/prompts", sandbox.path(registry));
  const commit = sandbox.commit("link the registry");
  const repository = await open(sandbox);
  const refusal = { code: "PATH_UNSAFE", file: registry };
  await expect(listWorktree(repository, registry)).rejects.toMatchObject(refusal);
  await expect(listIndex(repository, registry)).rejects.toMatchObject(refusal);
  await expect(listCommit(repository, registry, { commit, label: "main" })).rejects.toMatchObject(refusal);
});

test("a registry behind a linked folder is refused", async () => {
  const sandbox = createSandbox({ files: { "shared/prompts/welcome/1.0.0.md": "Welcome\n" } });
  symlinkSync("shared", sandbox.path("team"));
  await expect(listWorktree(await open(sandbox), "team/prompts")).rejects.toMatchObject({
    code: "PATH_UNSAFE",
    message: "`team` is a symbolic link",
  });
});

test("a submodule inside the registry is listed as one and never entered", async () => {
  const library = createSandbox({ files: { "1.0.0.md": "Shared\n" } });
  const sandbox = createSandbox({ files });
  sandbox.git(
    "-c",
    "protocol.file.allow=always",
    "submodule",
    "--quiet",
    "add",
    library.directory,
    `${registry}/vendor`,
  );
  const repository = await open(sandbox);
  const module = expect.objectContaining({ path: "vendor", mode: "module" }) as unknown;
  expect((await listWorktree(repository, registry)).files).toContainEqual(module);
  expect((await listIndex(repository, registry)).files).toContainEqual(module);
});

test("a sparse checkout lists the files that are not on disk with their blob", async () => {
  const sandbox = createSandbox({ files });
  sandbox.git("sparse-checkout", "set", "--cone", "prompt-templates/task");
  expect(sandbox.exists("prompt-templates/welcome")).toBe(false);
  const listing = await listWorktree(await open(sandbox), registry);
  expect(paths(listing)).toEqual(listed);
  expect(listing.files.map((file) => file.blob !== null)).toEqual([false, false, true]);
});

test("an unmerged entry stops the index's listing and names the file", async () => {
  const sandbox = createSandbox({ files });
  const state = "prompt-templates/promptsync.yaml";
  sandbox.git("switch", "--quiet", "-c", "next");
  sandbox.write({ [state]: "schema: promptsync/v1 # next\n" });
  sandbox.commit("next");
  sandbox.git("switch", "--quiet", "main");
  sandbox.write({ [state]: "schema: promptsync/v1 # main\n" });
  sandbox.commit("main");
  sandbox.run("git", ["merge", "next"]);
  await expect(listIndex(await open(sandbox), registry)).rejects.toMatchObject({
    code: "WORK_IN_PROGRESS",
    file: state,
  });
});

test("a bare repository lists its commits", async () => {
  const sandbox = createSandbox({ files });
  sandbox.git("clone", "--quiet", "--bare", ".", "../bare");
  const repository = await open(sandbox.in("../bare"));
  expect(
    paths(await listCommit(repository, registry, { commit: repository.head.commit ?? "", label: "main" })),
  ).toEqual(listed);
  await expect(listWorktree(repository, registry)).rejects.toMatchObject({ code: "NOT_A_REPOSITORY" });
});

test("the registry's tree id is the same for commits that change other files", async () => {
  const sandbox = createSandbox({ files });
  const before = sandbox.head() ?? "";
  sandbox.write({ "readme.txt": "Another shop\n" });
  const after = sandbox.commit("rename the shop");
  const repository = await open(sandbox);
  const tree = await registryTree(repository, registry, before);
  expect(tree).toBe(sandbox.git("rev-parse", `HEAD:${registry}`));
  expect(await registryTree(repository, registry, after)).toBe(tree);
  expect(await registryTree(repository, "nowhere", after)).toBeNull();
});
