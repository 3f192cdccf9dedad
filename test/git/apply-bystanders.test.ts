import { chmodSync, readFileSync, symlinkSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { applyIn, makePlan, registryFiles, stateFile } from "../support/plans.js";
import { createSandbox, type Sandbox } from "../support/sandbox.js";

const version = "prompt-templates/welcome/1.1.0.md";
const ours = [version, stateFile];

/** Index entries with their flags and stages, and every file's bytes, but for the paths that the plan touches. */
function bystanders(sandbox: Sandbox): unknown {
  const lines = (...args: string[]) =>
    sandbox
      .git(...args)
      .split("\0")
      .filter((line) => !ours.some((path) => line.endsWith(`\t${path}`)));
  const files = sandbox.run("find", [".", "-path", "./.git", "-prune", "-o", "-type", "f", "-print"]).stdout;
  return {
    index: lines("ls-files", "-z", "--stage"),
    flags: lines("ls-files", "-z", "-v", "--stage"),
    links: sandbox.run("find", [".", "-type", "l", "-printf", "%p %l\\n"]).stdout,
    files: files
      .split("\n")
      .filter((path) => path !== "" && !ours.includes(path.slice(2)))
      .sort()
      .map((path) => [path, readFileSync(sandbox.path(path)).toString("hex")]),
    stash: sandbox.run("git", ["stash", "list"]).stdout,
    branches: sandbox.git("for-each-ref", "refs/heads/other", "refs/tags"),
    config: sandbox.read(".git/config"),
  };
}

const names = [
  "readme.txt",
  "notes/a.txt",
  "prompt-templates/welcome/1.0.0.md",
  "prompt-templates/refund/1.0.0.md",
];
const content = fc.constantFrom("one\n", "two\r\n", "", "\u0000binary\u00ff", "no newline");
const action = fc.oneof(
  fc.record({ kind: fc.constant("edit" as const), name: fc.constantFrom(...names), content }),
  fc.record({ kind: fc.constant("stage" as const), name: fc.constantFrom(...names), content }),
  fc.record({
    kind: fc.constantFrom("remove", "unstage", "chmod", "link", "intend", "assume"),
    name: fc.constantFrom(...names),
  }),
  fc.record({ kind: fc.constantFrom("stash", "branch", "tag") }),
);
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

function act(sandbox: Sandbox, step: Action): void {
  const name = "name" in step ? step.name : "";
  const git = (...args: string[]) => sandbox.run("git", args);
  if ("content" in step) sandbox.write({ [name]: step.content });
  if (step.kind === "stage") git("add", "--", name);
  if (step.kind === "remove") git("rm", "-f", "--quiet", "--", name);
  if (step.kind === "unstage") git("rm", "--cached", "--quiet", "--", name);
  if (step.kind === "chmod" && sandbox.exists(name)) chmodSync(sandbox.path(name), 0o755);
  if (step.kind === "intend") git("add", "--intent-to-add", "--", name);
  if (step.kind === "assume") git("update-index", "--assume-unchanged", "--", name);
  if (step.kind === "stash") git("stash", "--quiet");
  if (step.kind === "branch") git("branch", "--force", "other");
  if (step.kind === "tag") git("tag", "--force", "marked");
  if (step.kind === "link" && !sandbox.exists(name)) {
    sandbox.write({ "notes/keep.txt": "" });
    if (!name.startsWith("prompt-templates")) symlinkSync("keep.txt", sandbox.path(name));
  }
}

test("whatever the user has staged, edited, removed or stashed is untouched, byte for byte", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { maxLength: 8 }), async (actions) => {
      const sandbox = createSandbox({ files: { ...registryFiles, "notes/a.txt": "a\n" } });
      for (const step of actions) act(sandbox, step);
      const before = bystanders(sandbox);
      const { commit } = await applyIn(sandbox, makePlan(sandbox));
      expect(bystanders(sandbox)).toEqual(before);
      expect(sandbox.git("diff-tree", "--name-only", "-r", "HEAD~1", "HEAD").split("\n")).toEqual(
        [...ours].sort((a, b) => (a < b ? -1 : 1)),
      );
      expect(commit).toBe(sandbox.head());
      expect(sandbox.run("git", ["fsck", "--strict"]).status).toBe(0);
    }),
    { numRuns: 30, seed: 20260101 },
  );
}, 120_000);

test.for([
  { title: "a split index", prepare: ["update-index", "--split-index"] },
  { title: "an untracked cache", prepare: ["update-index", "--force-untracked-cache"] },
  { title: "index version 4", prepare: ["update-index", "--index-version", "4"] },
  { title: "skipped hashes", prepare: ["config", "index.skipHash", "true"] },
  { title: "a sparse index", prepare: ["sparse-checkout", "set", "--cone", "--sparse-index", "notes"] },
  { title: "a sparse checkout", prepare: ["sparse-checkout", "set", "--cone", "notes"] },
  { title: "sparse patterns", prepare: ["sparse-checkout", "set", "--no-cone", "/notes/"] },
])("$title stays valid, and the work tree is clean", async ({ prepare }) => {
  const sandbox = createSandbox({ files: { ...registryFiles, "notes/a.txt": "a\n", "other/b.txt": "b\n" } });
  sandbox.git(...prepare);
  sandbox.write({ "notes/a.txt": "staged\n" });
  sandbox.git("add", "notes/a.txt");
  await applyIn(sandbox);
  expect(sandbox.status()).toBe("M  notes/a.txt");
  expect(sandbox.git("diff", "--name-only", "HEAD~1", "HEAD").split("\n")).toHaveLength(2);
  expect(sandbox.git("diff", "--cached", "--name-only")).toBe("notes/a.txt");
  sandbox.git("commit", "--quiet", "-m", "the user goes on");
  expect(sandbox.git("ls-tree", "-r", "--name-only", "HEAD").split("\n").sort()).toEqual(
    [...Object.keys(registryFiles), version, "notes/a.txt", "other/b.txt"].sort(),
  );
});

test("a file that git keeps out of the work tree stays out", async () => {
  const sandbox = createSandbox({ files: { ...registryFiles, "other/b.txt": "b\n" } });
  sandbox.git("sparse-checkout", "set", "--cone", "prompt-templates");
  await applyIn(sandbox);
  expect(sandbox.exists("other")).toBe(false);
  expect(sandbox.status()).toBe("");
});

test("a filter of the user that stores other bytes does not change what we commit", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  sandbox.git("config", "filter.shout.clean", "tr a-z A-Z");
  sandbox.write({ ".git/info/attributes": "*.md filter=shout\n" });
  await applyIn(sandbox);
  expect(sandbox.git("show", `HEAD:${version}`)).toBe("Welcome back {{ name }}");
  expect(sandbox.git("ls-files", "--stage", version)).toContain(sandbox.git("rev-parse", `HEAD:${version}`));
});

test("core.safecrlf does not stop a change", async () => {
  const sandbox = createSandbox({ files: registryFiles });
  sandbox.git("config", "core.autocrlf", "true");
  sandbox.git("config", "core.safecrlf", "true");
  await applyIn(sandbox);
  expect(sandbox.git("diff", "--cached", "--name-only")).toBe("");
  expect(sandbox.git("show", `HEAD:${version}`)).toBe("Welcome back {{ name }}");
});
