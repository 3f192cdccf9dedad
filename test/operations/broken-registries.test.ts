import { symlinkSync, truncateSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Desk } from "../support/desk.js";
import { openShop } from "./story.js";

interface Finding {
  readonly rule: string;
  readonly severity: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly hint: string;
}

/** The errors of `validate`, without the warnings that the shop's own history earns. */
async function errorsOf(desk: Desk): Promise<readonly Finding[]> {
  const { stdout, stderr, exitCode } = await desk.type("validate --json");
  expect(stderr).toBe("");
  const { ok, findings } = JSON.parse(stdout) as { ok: boolean; findings: Finding[] };
  const errors = findings.filter(({ severity }) => severity === "error");
  expect({ ok, exitCode }).toEqual({ ok: errors.length === 0, exitCode: errors.length === 0 ? 0 : 1 });
  return errors;
}

const folder = "prompt-templates/refund";
const version = (text: string) => ({ [`${folder}/1.0.0.md`]: text });
const plain = (yaml = "", body = "Refund {{ order }}.\n") =>
  `---\nname: refund\nversion: "1.0.0"\n${yaml}---\n${body}`;

test("a registry in order has no errors", async () => {
  expect(await errorsOf(openShop())).toEqual([]);
});

describe("a version file that stands wrong is a finding with its place, and never ends the run", () => {
  test.each<readonly [string, Readonly<Record<string, string | Uint8Array>>, string, number]>([
    [
      "Latin-1 bytes",
      version(Buffer.from(plain("", "Caf\u00e9\n"), "latin1") as never),
      "layout-encoding-invalid",
      5,
    ],
    ["a byte order mark", version(`\uFEFF${plain()}`), "layout-encoding-invalid", 1],
    ["Windows line ends", version(plain().replaceAll("\n", "\r\n")), "layout-encoding-invalid", 1],
    ["no front-matter", version("Refund.\n"), "schema-yaml-invalid", 1],
    ["front-matter without an end", version("---\nname: refund\n"), "schema-yaml-invalid", 1],
    ["a YAML anchor", version(plain("metadata: &a {x: y}\n")), "schema-yaml-invalid", 4],
    ["a duplicate key", version(plain("model: a\nmodel: b\n")), "schema-yaml-invalid", 5],
    [
      "an unquoted version",
      version("---\nname: refund\nversion: 1.10\n---\nHi\n"),
      "schema-field-invalid",
      3,
    ],
    [
      "another name inside",
      version(plain().replace("name: refund", "name: welcome")),
      "layout-identity-mismatch",
      2,
    ],
    [
      "a schema of an unknown type",
      version(plain("input:\n  schema:\n    order: strng\n")),
      "schema-input-invalid",
      6,
    ],
    ["a name in capitals", { "prompt-templates/Refund/1.0.0.md": plain() }, "layout-path-invalid", 1],
    ["a reserved name", { "prompt-templates/constructor/1.0.0.md": plain() }, "layout-path-invalid", 1],
    ["half a version", { [`${folder}/1.0.md`]: plain() }, "layout-path-invalid", 1],
    ["build metadata", { [`${folder}/1.0.0+x.md`]: plain() }, "layout-path-invalid", 1],
    [
      "the name of another prompt",
      { "prompt-templates/legal/customer_support/1.0.0.md": plain() },
      "layout-name-duplicate",
      1,
    ],
  ])("%s", async (_what, files, rule, line) => {
    const desk = openShop();
    desk.write(files);
    const [file] = Object.keys(files);
    const found = (await errorsOf(desk)).filter((finding) => finding.rule === rule);
    expect(found[0]).toMatchObject({ rule, file, line });
    expect(found[0]?.hint).not.toBe("");
    expect((await desk.ask("resolve customer_support@production")).version).toBe("1.2.3");
  });

  test("50 MB", async () => {
    const desk = openShop();
    desk.write({ [`${folder}/1.0.0.md`]: "" });
    truncateSync(desk.path(`${folder}/1.0.0.md`), 50 << 20);
    expect((await errorsOf(desk)).find(({ rule }) => rule === "layout-encoding-invalid")).toMatchObject({
      file: `${folder}/1.0.0.md`,
    });
  });

  test("a linked folder", async () => {
    const desk = openShop();
    desk.write({ "../outside/1.0.0.md": plain() });
    symlinkSync("../../outside", desk.path(folder));
    expect(await errorsOf(desk)).toMatchObject([{ rule: "layout-path-invalid", file: folder }]);
    expect((await desk.refusal("show refund")).code).toBe("PROMPT_NOT_FOUND");
  });

  test("20,000 brackets", async () => {
    const desk = openShop();
    desk.write(version(plain(`metadata: ${"[".repeat(20_000)}${"]".repeat(20_000)}\n`)));
    expect((await errorsOf(desk)).find(({ rule }) => rule === "schema-yaml-invalid")).toMatchObject({
      line: 4,
    });
  });
});

describe("a promptsync.yaml that cannot be read", () => {
  const broken: readonly (readonly [string, (text: string) => string, number])[] = [
    ["a conflict marker", (text) => text.replace("prompts:", "<<<<<<< HEAD\nprompts:"), 5],
    [
      "a duplicate key",
      (text) => text.replace("    owner: team-sales\n", "    owner: team-sales\n    owner: team-b\n"),
      26,
    ],
    ["a version without quotes", (text) => text.replace('default: "1.0.0"', "default: 1.0"), 9],
    ["an unknown key", (text) => text.replace("owner: team-support", "ower: team-support"), 7],
    ["an anchor", (text) => text.replace('dev:\n        serve: "2.0.0"', 'dev: &d {serve: "2.0.0"}'), 12],
    ["no schema", (text) => text.replace("schema: promptsync/v1\n", ""), 2],
    ["an alias that reads as a version", (text) => text.replace("stable:", "v1:"), 16],
    ["a prototype key", (text) => `${text}  __proto__:\n    default: "1.0.0"\n`, 32],
  ];

  test.each(broken)(
    "%s is a finding at its line, and every command but `validate` refuses to decide",
    async (_what, edit, line) => {
      const desk = openShop();
      const file = "prompt-templates/promptsync.yaml";
      desk.write({ [file]: edit(desk.read(file)) });
      const [finding] = (await errorsOf(desk)).filter((it) => it.file === file);
      expect(finding).toMatchObject({ rule: "registry-invalid", line });
      for (const command of [
        "list",
        "resolve customer_support",
        "render customer_support",
        "version get dev",
        "push",
        "alias set dev customer_support@1.0.0",
        "alias list",
        "default set customer_support@1.0.0",
        "show customer_support",
      ]) {
        expect(await desk.refusal(command)).toMatchObject({ code: "STATE_INVALID", exitCode: 2, file, line });
      }
    },
  );

  test.each([
    [
      "an alias of a version that is not there",
      'serve: "2.0.0"',
      'serve: "9.0.0"',
      "registry-reference-dangling",
    ],
    ["a default that is not there", 'default: "1.0.0"', 'default: "9.0.0"', "registry-reference-dangling"],
    [
      "a block of a prompt that is not there",
      "  qualify-lead:",
      "  qualify-led:",
      "registry-reference-dangling",
    ],
  ])("%s is a finding", async (_what, from, to, rule) => {
    const desk = openShop();
    const file = "prompt-templates/promptsync.yaml";
    desk.write({ [file]: desk.read(file).replace(from, to) });
    expect((await errorsOf(desk)).map((finding) => finding.rule)).toContain(rule);
  });

  test("an alias of a version that is not there is an error for who asks for it", async () => {
    const desk = openShop();
    const file = "prompt-templates/promptsync.yaml";
    desk.write({ [file]: desk.read(file).replace('serve: "2.0.0"', 'serve: "9.0.0"') });
    expect(await desk.refusal("resolve customer_support@dev")).toMatchObject({ exitCode: 2 });
    expect((await desk.ask("resolve customer_support@stable")).version).toBe("1.2.3");
  });
});

test("a broken version is an error for who asks for it, never a silent text", async () => {
  const desk = openShop();
  desk.write({ "prompt-templates/customer_support/1.2.3.md": "no front-matter\n" });
  expect(await desk.refusal("render customer_support@stable")).toMatchObject({
    code: "PROMPT_INVALID",
    file: "prompt-templates/customer_support/1.2.3.md",
    line: 1,
  });
  await desk.done("render customer_support@dev --var company_name=Acme");
});

test("`validate --staged` judges what the next commit would hold", async () => {
  const desk = openShop();
  desk.write({ "prompt-templates/oops.md": "x\n" });
  await desk.done("validate --staged");
  desk.git("add", "prompt-templates/oops.md");
  desk.remove("prompt-templates/oops.md");
  expect((await desk.type("validate --staged")).exitCode).toBe(1);
  expect((await desk.type("validate")).exitCode).toBe(0);
});

test("`validate <path>` reports on these files only", async () => {
  const desk = openShop();
  desk.write({ "prompt-templates/oops.md": "x\n" });
  expect((await desk.type("validate prompt-templates/sales")).exitCode).toBe(0);
  expect((await desk.type("validate prompt-templates/oops.md")).exitCode).toBe(1);
});

test.each(["text", "json", "github", "sarif", "junit", "md"])(
  "`validate --format %s` names the file and the rule",
  async (format) => {
    const desk = openShop();
    desk.write({ "prompt-templates/oops.md": "x\n" });
    const { stdout, exitCode } = await desk.type(`validate --format ${format}`);
    expect(exitCode).toBe(1);
    expect(stdout).toContain("prompt-templates/oops.md");
    expect(stdout).toContain("layout-path-invalid");
  },
);

test("every error and every rule that a command can print is explained", async () => {
  const desk = openShop();
  const { pages } = await desk.ask<{ pages: { id?: string; code?: string }[] }>("explain");
  for (const { id, code } of pages) {
    const { stdout } = await desk.done(`explain ${id ?? code ?? ""}`);
    expect(stdout.split("\n").length).toBeGreaterThan(2);
  }
});
