import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

test("the contributing guide tells of every file that is kept, and of no other", () => {
  const [, type = ""] = /type KeptName =([^;]*);/.exec(read("src/store/kept-file.ts")) ?? [];
  const [, chapter = ""] = /## What is kept\n([^]*?)\n## /.exec(read(".github/CONTRIBUTING.md")) ?? [];
  const names = [...type.matchAll(/"([^"]+)"/g)].map(([, name]) => name);
  expect([...chapter.matchAll(/^\| `([^`]+)`/gm)].map(([, name]) => name)).toEqual(names);
  expect(names.length).toBeGreaterThan(5);
});
