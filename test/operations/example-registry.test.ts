import { cpSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { createDesk, type Desk } from "../support/desk.js";

const registry = fileURLToPath(new URL("../../prompt-templates", import.meta.url));

describe("the example registry", () => {
  let desk: Desk;

  beforeAll(() => {
    desk = createDesk();
    cpSync(registry, desk.path("prompt-templates"), { recursive: true });
    desk.commit("registry: as it is shipped");
  });

  test("validate has nothing to say about it", async () => {
    const { findings, summary } = await desk.ask<{ findings: { severity: string }[]; summary: object }>(
      "validate --fail-on warning",
    );
    expect(findings.filter(({ severity }) => severity !== "info")).toEqual([]);
    expect(summary).toMatchObject({ prompts: 10, versions: 36, errors: 0, warnings: 0 });
  });

  test("it shows at least eight prompts in three groups with several versions each", async () => {
    const { prompts } = await desk.ask<{ prompts: { group: string; versions: string[]; aliases: object }[] }>(
      "list",
    );
    expect(prompts.length).toBeGreaterThanOrEqual(8);
    expect(new Set(prompts.map(({ group }) => group)).size).toBeGreaterThanOrEqual(3);
    for (const { versions } of prompts) expect(versions.length).toBeGreaterThan(1);
  });

  test("it has a deprecation with a replacement", async () => {
    const { prompts } = await desk.ask<{ prompts: { name: string; deprecated: string[] }[] }>(
      "list --deprecated",
    );
    expect(prompts).toMatchObject([{ name: "hipaa-guard", deprecated: ["1.0.0"] }]);
    const { deprecated } = await desk.ask<{ deprecated: object }>("resolve hipaa-guard@1.0.0");
    expect(deprecated).toMatchObject({ replacement: "2.0.1" });
  });

  test("the support reply is written in the language and tone of the tags", async () => {
    const line = "render support-reply@production --var company=北风户外 --var message=帐篷还没到";
    const { stdout: english } = await desk.done(line);
    const { stdout: chinese } = await desk.done(`${line} --tag locale=zh --tag tone=friendly`);
    expect(english).toMatch(/^You /);
    expect(chinese).toMatch(/^你为北风户外/);
  });

  test("its files are small enough to read", () => {
    const files = readdirSync(registry, { recursive: true, encoding: "utf8" }).filter((file) =>
      file.endsWith(".md"),
    );
    for (const file of files) expect(statSync(join(registry, file)).size).toBeLessThan(8_000);
  });
});
