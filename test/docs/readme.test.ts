import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readConfig } from "../../src/core/config.js";
import { tables, withTables } from "./tables.js";

const readme = new URL("../../README.md", import.meta.url);

test("the tables of the README are those of the code", async () => {
  const text = readFileSync(readme, "utf8");
  const fresh = await withTables(text);
  if (process.env["UPDATE_DOCS"] === "1") writeFileSync(readme, fresh);
  else expect(text, "run `npm run docs`").toBe(fresh);
  for (const name of Object.keys(tables)) expect(text).toContain(`<!-- begin ${name} -->`);
});

test("the example settings name every key, and their values are the defaults", () => {
  const text = readFileSync(new URL("../../.promptsyncrc.example", import.meta.url), "utf8");
  const schema = JSON.parse(
    readFileSync(new URL("../../schemas/promptsyncrc.schema.json", import.meta.url), "utf8"),
  ) as { properties: Record<string, { properties?: Record<string, unknown> }> };
  for (const [key, { properties = {} }] of Object.entries(schema.properties)) {
    expect(text).toMatch(new RegExp(`^(# )?${key}:`, "m"));
    for (const inner of Object.keys(properties)) expect(text).toMatch(new RegExp(`^  (# )?${inner}:`, "m"));
  }
  const [example, defaults] = [readConfig(text), readConfig(undefined)];
  const { registry, drafts, base, remote, undefined: mode, bump } = example;
  expect({ registry, drafts, base, remote, undefined: mode, bump }).toEqual({
    registry: defaults.registry,
    drafts: defaults.drafts,
    base: defaults.base,
    remote: defaults.remote,
    undefined: defaults.undefined,
    bump: defaults.bump,
  });
});
