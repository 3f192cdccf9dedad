import { beforeAll, describe, expect, test } from "vitest";
import type { Desk } from "../support/desk.js";
import { openShop } from "./story.js";

/** The documents of `--json` are a contract: scripts read every key of them, so all are there, also when empty. */
let desk: Desk;
beforeAll(() => {
  desk = openShop();
  desk.write({
    "prompts/refund.txt": "Refund {{ order }}.\n",
    "prompts/customer_support.txt": "Hi {{ company_name }}, {{ name }}.\n",
  });
});

const keys = (value: unknown): string[] => Object.keys(value as object);
const firstOf = async (line: string, list: string): Promise<Record<string, unknown>> =>
  ((await desk.ask<Record<string, Record<string, unknown>[]>>(line))[list] ?? [])[0] ?? {};

describe("reading", () => {
  test("list", async () => {
    expect(keys(await desk.ask("list"))).toEqual(["prompts"]);
    expect(await firstOf("list", "prompts")).toEqual({
      name: "customer_support",
      group: "",
      owner: "team-support",
      purpose: "Answers customers",
      versions: ["1.0.0", "1.2.3", "2.0.0"],
      latest: "2.0.0",
      default: "1.0.0",
      aliases: { dev: "2.0.0", production: "1.2.3", stable: "1.2.3" },
      canaries: {},
      deprecated: ["1.0.0"],
      tags: [],
    });
  });

  test("show", async () => {
    const shown = await desk.ask("show qualify-lead@1.0.0");
    expect(keys(shown)).toEqual([
      "name",
      "version",
      "path",
      "digest",
      "frontMatter",
      "body",
      "variables",
      "introduced",
      "deprecated",
      "yanked",
    ]);
    expect(shown).toMatchObject({
      path: "prompt-templates/sales/qualify-lead/1.0.0.md",
      variables: [
        { name: "company", required: true, type: "string" },
        { name: "notes", required: false, type: "string | null" },
      ],
      introduced: {
        commit: desk.head(),
        author: "Ada Lovelace",
        date: "2026-01-01T00:00:00Z",
        complete: true,
      },
      deprecated: null,
    });
    expect(shown.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  test("search", async () => {
    expect(keys(await desk.ask("search lead"))).toEqual(["matches"]);
    expect(keys(await firstOf("search lead", "matches"))).toEqual(["name", "version", "score", "excerpt"]);
  });

  test("diff", async () => {
    expect(keys(await desk.ask("diff"))).toEqual(["diffs"]);
    const diff = await firstOf("diff customer_support", "diffs");
    expect(keys(diff)).toEqual(["name", "from", "to", "requiredBump", "changes", "hunks"]);
    expect(keys((diff.changes as unknown[])[0])).toEqual(
      expect.arrayContaining(["kind", "at", "bump", "message"]),
    );
  });

  test("version get", async () => {
    expect(await desk.ask("version get dev")).toEqual({
      versions: { customer_support: "2.0.0", "qualify-lead": "1.0.0" },
    });
    expect(await desk.ask("version get dev qualify-lead")).toEqual({ versions: { "qualify-lead": "1.0.0" } });
  });

  test("alias list", async () => {
    expect(await firstOf("alias list", "aliases")).toEqual({
      alias: "dev",
      prompt: "customer_support",
      version: "2.0.0",
      canary: null,
    });
  });

  test("resolve", async () => {
    const answer = await desk.ask("resolve customer_support@production");
    expect(keys(answer).sort()).toEqual(
      [
        "name",
        "version",
        "digest",
        "alias",
        "reason",
        "rule",
        "arm",
        "bucket",
        "variant",
        "deprecated",
        "trail",
        "at",
      ].sort(),
    );
    expect(keys((answer.trail as unknown[])[0])).toEqual([
      "step",
      "matched",
      "detail",
      "commit",
      "author",
      "date",
    ]);
    expect(answer.at).toEqual({ commit: desk.head(), date: "2026-01-01T00:00:00Z" });
    expect(answer).toMatchObject({
      alias: "production",
      reason: "STATIC",
      rule: "alias",
      arm: null,
      bucket: null,
    });
  });

  test("render", async () => {
    expect(await desk.ask("render customer_support@2.0.0 --var company_name=Acme")).toEqual({
      name: "customer_support",
      version: "2.0.0",
      text: "You are a helpful assistant for Acme.",
      messages: [{ role: "user", content: "You are a helpful assistant for Acme." }],
    });
  });

  test("validate", async () => {
    const report = await desk.ask("validate");
    expect(keys(report)).toEqual(expect.arrayContaining(["ok", "summary", "findings"]));
    expect(report.summary).toMatchObject({ prompts: 2, versions: 4, errors: 0 });
  });

  test("log", async () => {
    const other = openShop();
    await other.done('alias set production customer_support@2.0.0 --reason "reviewed"');
    const { entries } = await other.ask<{ entries: unknown[] }>("log customer_support --alias production");
    expect(entries[0]).toEqual({
      commit: other.head(),
      date: "2026-01-01T00:00:01Z", // never the second of the commit before it
      author: "Ada Lovelace",
      action: "alias-set",
      prompt: "customer_support",
      version: null,
      alias: "production",
      from: "1.2.3",
      to: "2.0.0",
      reason: "reviewed",
    });
  });

  test("status", async () => {
    const status = await desk.ask("status");
    expect(keys(status)).toEqual(
      expect.arrayContaining(["branch", "commit", "drafts", "lag", "canaries", "remote"]),
    );
    expect(status).toMatchObject({ branch: "main", commit: desk.head(), remote: null });
  });

  test("explain", async () => {
    expect(keys(await desk.ask("explain registry-invalid"))).toEqual(["pages"]);
  });

  test("completion", async () => {
    expect(keys(await desk.ask("completion zsh"))).toEqual(["shell", "script"]);
  });
});

describe("writing", () => {
  const changeKeys = ["action", "prompt", "alias", "from", "to"];

  test("init", async () => {
    expect(await desk.ask("init")).toEqual({
      created: ["prompt-templates/.gitattributes"],
      configured: [],
    });
  });

  test("new", async () => {
    expect(await desk.ask("new greeting --group chat")).toEqual({ path: "prompts/chat/greeting.md" });
    desk.remove("prompts/chat");
  });

  test("push", async () => {
    const plan = await desk.ask<{ pushed: unknown[]; aliases: unknown[] }>("push --alias dev --dry-run");
    expect(keys(plan)).toEqual(["commit", "dryRun", "plan", "pushed", "unchanged", "aliases"]);
    expect(plan).toMatchObject({ commit: null, dryRun: true, unchanged: [] });
    expect(keys(plan.pushed[0])).toEqual([
      "name",
      "version",
      "previous",
      "bump",
      "requiredBump",
      "path",
      "digest",
      "changes",
    ]);
    expect(plan.aliases).toEqual([
      { prompt: "customer_support", alias: "dev", from: "2.0.0", to: "3.0.0" },
      { prompt: "refund", alias: "dev", from: null, to: "1.0.0" },
    ]);
    expect(plan.pushed[1]).toMatchObject({ name: "refund", previous: null, changes: [] });
  });

  test("push names the commit that it made", async () => {
    const result = await desk.ask("push refund");
    expect(keys(result)).toEqual(["commit", "dryRun", "pushed", "unchanged", "aliases"]);
    expect(result).toMatchObject({ commit: desk.head(), dryRun: false, aliases: [] });
  });

  test.each([
    [
      "alias set beta customer_support@2.0.0",
      { action: "alias-set", alias: "beta", from: null, to: "2.0.0" },
    ],
    [
      "default set customer_support@2.0.0",
      { action: "default-set", alias: null, from: "1.0.0", to: "2.0.0" },
    ],
    ["alias remove beta", { action: "alias-remove", alias: "beta", from: "2.0.0", to: null }],
  ])("%s", async (line, change) => {
    const result = await desk.ask<{ changes: unknown[] }>(line);
    expect(result).toEqual({
      commit: desk.head(),
      dryRun: false,
      changes: [{ ...change, prompt: "customer_support" }],
    });
    expect(keys(result.changes[0])).toEqual(changeKeys);
  });

  test("nothing to do is an answer too, without a commit", async () => {
    expect(await desk.ask("alias set dev customer_support@2.0.0")).toEqual({
      commit: null,
      dryRun: false,
      changes: [],
    });
  });
});

test("an error is one document on stderr, and nothing stands on stdout", async () => {
  const { stdout, stderr, exitCode } = await desk.type("resolve nothing-here --json");
  expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
  expect(keys((JSON.parse(stderr) as { error: object }).error)).toEqual(["code", "message", "hint"]);
});

test("findings are an answer with exit 1, not an error", async () => {
  desk.write({ "prompt-templates/customer_support/9.md": "Not a version.\n" });
  const { stdout, stderr, exitCode } = await desk.type("validate --json");
  desk.remove("prompt-templates/customer_support/9.md");
  expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 1 });
  const { ok, findings } = JSON.parse(stdout) as { ok: boolean; findings: object[] };
  expect(ok).toBe(false);
  expect(
    keys(findings.find((finding) => "rule" in finding && finding.rule === "layout-path-invalid")),
  ).toEqual(
    expect.arrayContaining([
      "rule",
      "severity",
      "prompt",
      "version",
      "file",
      "line",
      "column",
      "message",
      "hint",
    ]),
  );
});
