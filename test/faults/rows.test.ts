import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { rows } from "./rows.js";

test.for(rows)("$fault: the tests that show it exist", ({ tests }) => {
  for (const named of tests) {
    const [file = "", ...title] = named.split(": ");
    const source = readFileSync(new URL(`../${file}`, import.meta.url), "utf8");
    expect(source).toContain(JSON.stringify(title.join(": ")));
  }
});
