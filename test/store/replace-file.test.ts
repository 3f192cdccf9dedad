import { chmodSync, existsSync, statSync, symlinkSync } from "node:fs";
import { expect, test } from "vitest";
import { replaceFile } from "../../src/store/replace-file.js";
import { rewriteFiles } from "../../src/store/rewrite-files.js";
import { createSandbox } from "../support/sandbox.js";

test("a file is replaced whole, keeps its permissions, and leaves nothing beside it", () => {
  const sandbox = createSandbox({ repository: false });
  sandbox.write({ "a/note.txt": "one\n" });
  chmodSync(sandbox.path("a/note.txt"), 0o666);
  replaceFile(sandbox.path("a/note.txt"), "two\n");
  expect(sandbox.read("a/note.txt")).toBe("two\n");
  expect(statSync(sandbox.path("a/note.txt")).mode & 0o777).toBe(0o666);
  replaceFile(sandbox.path("b/c/new.txt"), "new\n");
  expect(sandbox.run("find", [".", "-type", "f"]).stdout.split("\n").filter(Boolean).sort()).toEqual([
    "./a/note.txt",
    "./b/c/new.txt",
  ]);
});

test("what cannot be written says so, and names the file that was meant", () => {
  const sandbox = createSandbox({ repository: false });
  sandbox.write({ "a/note.txt": "one\n", "folder/b.txt": "two\n" });
  const error = (path: string): unknown =>
    expect.objectContaining({ code: "FILE_UNWRITABLE", file: sandbox.path(path) });
  expect(() => {
    replaceFile(sandbox.path("a/note.txt/below.txt"), "x\n");
  }).toThrow(error("a/note.txt/below.txt") as Error);
  expect(() => {
    replaceFile(sandbox.path("folder"), "x\n");
  }).toThrow(error("folder") as Error);
  expect(sandbox.run("find", [".", "-type", "f"]).stdout.split("\n").filter(Boolean).sort()).toEqual([
    "./a/note.txt",
    "./folder/b.txt",
  ]);
});

test("a folder that takes no others is an error, and no endless try", () => {
  const sandbox = createSandbox({ repository: false });
  symlinkSync(sandbox.path("nowhere"), sandbox.path("lost"));
  for (const path of [
    sandbox.path("lost/b/new.txt"),
    ...(existsSync("/proc/1") ? ["/proc/a/b/new.txt"] : []),
  ])
    expect(() => {
      replaceFile(path, "x\n");
    }).toThrow(expect.objectContaining({ code: "FILE_UNWRITABLE", file: path }) as Error);
});

test("a file that is gone when it is to be mended is an edit like any other", () => {
  const sandbox = createSandbox({ repository: false });
  expect(() => {
    rewriteFiles(sandbox.directory, [{ path: "gone.md", before: "a", after: "b" }]);
  }).toThrow(expect.objectContaining({ code: "UNCOMMITTED_CHANGES" }) as Error);
});
