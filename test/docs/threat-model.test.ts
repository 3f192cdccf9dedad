import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const read = (path: string): string => readFileSync(`${root}/${path}`, "utf8");

test("every threat of the threat model names a test that exists", () => {
  const [, table = ""] =
    /<!-- begin threats -->\n([\s\S]*)<!-- end threats -->/.exec(read(".github/THREAT-MODEL.md")) ?? [];
  const rows = table.trim().split("\n");
  expect(rows.length).toBeGreaterThan(12);
  for (const row of rows) {
    const [, file = "", title = ""] = /\| `(test\/[\w./-]+)`: ([^|]+) \|$/.exec(row) ?? [];
    expect({ row, isThere: file !== "" && read(file).includes(title) }).toEqual({ row, isThere: true });
  }
});

test("the pages about trust lead to each other", () => {
  expect(read(".github/CONTRIBUTING.md")).toContain("(THREAT-MODEL.md)");
  expect(read(".github/SECURITY.md")).toContain("(THREAT-MODEL.md)");
});
