import { beforeAll, describe, expect, test } from "vitest";
import type { Desk } from "../support/desk.js";
import { openShop } from "./story.js";

/** Words that mean something to git, a shell, a file system or JavaScript. */
const hostile = [
  "--output=x",
  "-x",
  "../outside",
  "..",
  "/etc/passwd",
  "__proto__",
  "constructor",
  "toString",
  "$(touch attacked)",
  "a;b",
  "HEAD~1",
  "@{-1}",
  ":/welcome",
  "x\u0000y",
  "x\ny",
  "\u001b[31mred",
  "用户",
];

let desk: Desk;
let before: ReturnType<Desk["picture"]>;
beforeAll(() => {
  desk = openShop();
  before = desk.picture();
});

/** Types words as they are, without splitting; every one has to be refused with exit 2 and leave nothing behind. */
async function refuses(argv: readonly string[]): Promise<void> {
  const { stdout, stderr, exitCode } = await desk.typeWords(["--json", ...argv]);
  const said =
    stderr === "" ? null : (JSON.parse(stderr) as { error: { code: string; hint: string | null } }).error;
  expect({ argv, stdout, exitCode, isBug: said?.code === "INTERNAL" }).toEqual({
    argv,
    stdout: "",
    exitCode: 2,
    isBug: false,
  });
  expect(said?.hint).toBeTruthy();
  expect(desk.picture()).toEqual(before);
}

describe.each(hostile)("the word %j", (word) => {
  test("is no name of a prompt", async () => {
    for (const command of ["show", "resolve", "render", "new", "push", "diff"])
      await refuses([command, "--", word]);
    await refuses(["version", "get", "dev", "--", word]);
    await refuses(["default", "set", "--", `${word}@1.0.0`]);
    await refuses(["alias", "remove", "dev", "--", word]);
  });

  test("is no version and no alias", async () => {
    await refuses(["resolve", "--", `customer_support@${word}`]);
    await refuses(["alias", "set", "--", word, "customer_support@1.0.0"]);
    await refuses(["alias", "set", "dev", "--", `customer_support@${word}`]);
    await refuses(["alias", "set", "dev", `--from=${word}`]);
    await refuses(["alias", "remove", "--", word]);
    await refuses(["version", "get", "--", word]);
    await refuses(["diff", `--alias=${word}`]);
    await refuses(["diff", `--version=${word}`]);
    await refuses(["diff", "customer_support", "--", word, "2.0.0"]);
    await refuses(["push", `--version=${word}`]);
    await refuses(["push", `--alias=${word}`]);
    await refuses(["resolve", "customer_support", `--alias=${word}`]);
  });

  test("is a commit only when git says so", async () => {
    if (word === ":/welcome") return; // git finds the commit with this word in its message
    for (const line of [
      ["diff", `--git-commit=${word}`],
      ["list", `--at=${word}`],
      ["resolve", "customer_support", `--at=${word}`],
      ["show", "customer_support", `--at=${word}`],
    ])
      await refuses(line);
  });

  test("is no group and no folder of drafts", async () => {
    await refuses(["new", "greeting", `--group=${word}`]);
    await refuses(["push", `--path=${word}/nowhere`]);
  });
});

test("a path outside the repository is read only when it holds drafts", async () => {
  expect(await desk.refusal("push --path /etc/hostname")).toMatchObject({ exitCode: 2 });
  expect(await desk.refusal("push --path ..")).toMatchObject({ code: "DRAFT_NOT_FOUND" });
});

test.each([
  ["show custmer_support", "customer_support"],
  ["resolve qualify-led@dev", "qualify-lead"],
  ["render customer-support", "customer_support"],
  ["diff qualify_lead", "qualify-lead"],
  ["alias set dev qualify-led@1.0.0", "qualify-lead"],
  ["default set qualify-led@1.0.0", "qualify-lead"],
  ["alias remove dev qualify-led", "qualify-lead"],
  ["push customer_suport", "customer_support"],
  ["version get stabel", "stable"],
  ["resolve customer_support@prodution", "production"],
  ["resolve customer_support --alias prodution", "production"],
  ["diff --alias prodution", "production"],
  ["diff customer_support --alias prodution", "production"],
  ["alias remove prodution", "production"],
  ["alias set beta --from prodution", "production"],
  ["explain registry-reference-dangeling", "registry-reference-dangling"],
  ["explain ALIAS_NOT_FUND", "ALIAS_NOT_FOUND"],
  ["list --scope gobal", "global"],
  ["diff --format htm", "html"],
  ["alias lst", "alias list"],
])("`%s` suggests `%s`", async (line, near) => {
  expect((await desk.refusal(line)).hint).toContain(`\`${near}\``);
});

test.each([
  ["show customer_support@9.9.9", "1.0.0, 1.2.3, 2.0.0"],
  ["alias set dev customer_support@9.9.9", "2.0.0"],
  ["diff customer_support 1.2.3 9.9.9", "2.0.0"],
])("`%s` says which versions there are", async (line, versions) => {
  expect(await desk.refusal(line)).toMatchObject({ code: "VERSION_NOT_FOUND", exitCode: 2 });
  expect((await desk.refusal(line)).hint).toContain(versions);
});

test("a missing variable is named", async () => {
  const refusal = await desk.refusal("render customer_support@2.0.0");
  expect(refusal.exitCode).toBe(2);
  expect(refusal.message).toContain("`company_name`");
});

test("a variable that is not known is refused with the nearest one", async () => {
  const refusal = await desk.refusal("render qualify-lead@dev --var company=Acme --var note=x");
  expect(`${refusal.message} ${refusal.hint ?? ""}`).toContain("`notes`");
});

test.each(["no json", "[1]", '"text"', ""])("`--vars -` refuses %j", async (stdin) => {
  expect(await desk.refusal("render customer_support@2.0.0 --vars -", { stdin })).toMatchObject({
    code: "USAGE",
  });
});

test("errors of users have no stack trace and stand on stderr", async () => {
  const { stdout, stderr } = await desk.type("show nothing-here");
  expect(stdout).toBe("");
  expect(stderr).toMatch(/^error: .* \[PROMPT_NOT_FOUND\]\nhint: .*\n$/);
  expect(stderr).not.toMatch(/^\s+at /m);
});

test("what a terminal would obey is shown, not obeyed", async () => {
  const other = openShop();
  other.write({ "prompts/refund.txt": "Refund \u001b[31m{{ order }}\u202e\n" });
  const { stdout } = await other.type("diff refund", { columns: 80 });
  expect(stdout).not.toContain("\u001b[31m{{");
  expect(stdout).not.toContain("\u202e");
});

test("outside a repository every command says so", async () => {
  for (const line of ["list", "push", "validate", "status", "init"]) {
    expect(await desk.refusal(line, { directory: desk.root })).toMatchObject({
      code: "NOT_A_REPOSITORY",
      exitCode: 2,
    });
  }
});
