import { expect, test } from "vitest";
import { openRepository } from "../../src/store/git/repository.js";
import { readCommit, resolveRevision } from "../../src/store/git/revision.js";
import { createSandbox, type Sandbox } from "../support/sandbox.js";

const open = (sandbox: Sandbox) =>
  openRepository(sandbox.directory, { environment: sandbox.environment, cwd: sandbox.directory });

test("a branch, a tag, a short id and HEAD~0 become the same full id", async () => {
  const sandbox = createSandbox({ files: { "readme.txt": "Shop\n" } });
  const id = sandbox.head() ?? "";
  sandbox.git("tag", "-a", "v1", "-m", "first");
  const repository = await open(sandbox);
  for (const revision of ["main", "v1", id.slice(0, 10), "HEAD~0"]) {
    expect(await resolveRevision(repository, revision)).toBe(id);
  }
});

test.for([
  "--output=stolen",
  "-x",
  "--",
  "",
  " ",
  "main..main",
  "^main",
  "HEAD:readme.txt",
  "main\nHEAD",
  "HEAD\0",
  "no such branch",
])("%j is no revision and reaches git as data only", async (revision) => {
  const sandbox = createSandbox({ files: { "readme.txt": "Shop\n" } });
  await expect(resolveRevision(await open(sandbox), revision)).rejects.toMatchObject({
    code: "REVISION_NOT_FOUND",
  });
  expect(sandbox.status()).toBe("");
});

test("an odd revision does not confuse the next question", async () => {
  const sandbox = createSandbox({ files: { "readme.txt": "Shop\n" } });
  const repository = await open(sandbox);
  await expect(resolveRevision(repository, "x\ninfo HEAD")).rejects.toMatchObject({
    code: "REVISION_NOT_FOUND",
  });
  expect(await resolveRevision(repository, "main")).toBe(sandbox.head());
});

test("a branch that only the remote has is suggested by its full name", async () => {
  const sandbox = createSandbox({ files: { "readme.txt": "Shop\n" } });
  sandbox.git("update-ref", "refs/remotes/origin/release", "HEAD");
  await expect(resolveRevision(await open(sandbox), "release")).rejects.toMatchObject({
    hint: "did you mean `origin/release`?",
  });
});

test("a commit tells its tree, parents and date", async () => {
  const sandbox = createSandbox({ files: { "readme.txt": "Shop\n" } });
  const parent = sandbox.head() ?? "";
  sandbox.setDate("2026-03-01T12:00:00+02:00");
  const id = sandbox.commit("second");
  expect(await readCommit(await open(sandbox), id)).toEqual({
    id,
    tree: sandbox.git("rev-parse", "HEAD^{tree}"),
    parents: [parent],
    seconds: 1772359200,
    date: "2026-03-01T10:00:00Z",
  });
});

test("a signed-looking message cannot forge a commit's facts", async () => {
  const sandbox = createSandbox({ files: { "readme.txt": "Shop\n" } });
  const id = sandbox.commit("x\n\ncommitter Eve <eve@example.com> 1 +0000\nparent 0000");
  expect((await readCommit(await open(sandbox), id)).parents).toHaveLength(1);
  expect((await readCommit(await open(sandbox), id)).date).toBe("2026-01-01T00:00:00Z");
});
