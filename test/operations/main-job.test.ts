import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createDesk, type Desk } from "../support/desk.js";
import { emptyShop, openShop } from "./story.js";

const first = "You are a helpful assistant for {{ company_name }}.\n";

/** The day of somebody who uses the tool for the first time. */
async function firstPush(): Promise<Desk> {
  const desk = await emptyShop();
  desk.write({ "prompts/customer_support.txt": first });
  await desk.done("push --path ./prompts/ --alias dev");
  return desk;
}

test("a line of text becomes a version that can be rendered, with nothing but `init` before", async () => {
  const desk = createDesk();
  await desk.done("init");
  expect(
    desk.run("sh", [
      "-c",
      `echo "You are a helpful assistant for {{ company_name }}." > prompts/customer_support.txt`,
    ]).status,
  ).toBe(0);
  await desk.done("push --path ./prompts/ --alias dev");
  expect((await desk.done("render customer_support@dev --var company_name=Acme")).stdout).toBe(
    "You are a helpful assistant for Acme.\n",
  );
});

test("the workflow that `init` makes runs this version of the tool, and no later one unseen", async () => {
  const desk = createDesk();
  await desk.done("init --github");
  const workflow = desk.read(".github/workflows/promptsync.yml");
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  expect(workflow).toContain(`npx --yes promptsync@${version} validate --format github`);
});

test("`push` without any option works right after `init`", async () => {
  const desk = await emptyShop();
  desk.write({ "prompts/customer_support.txt": first });
  await desk.done("push");
  expect((await desk.ask("resolve customer_support")).version).toBe("1.0.0");
});

test("a push stores the draft as a whole version file with its name and number", async () => {
  const desk = await firstPush();
  expect(desk.read("prompt-templates/customer_support/1.0.0.md")).toBe(
    `---\nname: customer_support\nversion: "1.0.0"\n---\n${first}`,
  );
});

test("a push commits the version and the state, and leaves the drafts to the user", async () => {
  const desk = await firstPush();
  expect(desk.git("show", "--name-only", "--format=%s").split("\n")).toEqual([
    "promptsync: push customer_support@1.0.0 to dev",
    "",
    "prompt-templates/.gitattributes",
    "prompt-templates/customer_support/1.0.0.md",
    "prompt-templates/promptsync.yaml",
  ]);
  expect(desk.status()).toBe("?? .promptsyncrc\n?? prompts/");
});

test("a second push of the same drafts changes nothing", async () => {
  const desk = await firstPush();
  const before = desk.picture();
  expect(await desk.ask("push --path ./prompts/ --alias dev")).toMatchObject({
    commit: null,
    pushed: [],
    unchanged: ["customer_support"],
  });
  expect(desk.picture()).toEqual(before);
});

test("`push --path ./prompts/ --alias dev --version v1.2.3` gives that number", async () => {
  const desk = await firstPush();
  desk.write({ "prompts/customer_support.txt": first.replace("helpful", "friendly") });
  await desk.done("push --path ./prompts/ --alias dev --version v1.2.3");
  expect(desk.exists("prompt-templates/customer_support/1.2.3.md")).toBe(true);
  expect((await desk.ask("version get dev")).versions).toEqual({ customer_support: "1.2.3" });
});

test("`push --version` of a first version gives that number too", async () => {
  const desk = await emptyShop();
  desk.write({ "prompts/customer_support.txt": first });
  await desk.done("push --path ./prompts/ --alias dev --version v1.2.3");
  expect((await desk.ask("resolve customer_support@dev")).version).toBe("1.2.3");
});

test("a push of several drafts is one commit", async () => {
  const desk = await emptyShop();
  const drafts = ["customer_support", "refund", "welcome"];
  for (const name of drafts) desk.write({ [`prompts/${name}.txt`]: `${name} for {{ company_name }}\n` });
  const { pushed, commit } = await desk.ask<{ pushed: { name: string }[]; commit: string }>(
    "push --alias dev",
  );
  expect(pushed.map(({ name }) => name)).toEqual(drafts);
  expect(desk.git("rev-list", "HEAD")).toBe(commit);
});

test("`push` of a name takes only this draft", async () => {
  const desk = await firstPush();
  desk.write({ "prompts/customer_support.txt": "Changed.\n", "prompts/refund.txt": "Refund.\n" });
  const { pushed } = await desk.ask<{ pushed: { name: string }[] }>("push refund");
  expect(pushed.map(({ name }) => name)).toEqual(["refund"]);
});

test("`push --path` takes one file as well", async () => {
  const desk = await emptyShop();
  desk.write({ "drafts/refund.txt": "Refund {{ order }}.\n", "drafts/welcome.txt": "Hi.\n" });
  const { pushed } = await desk.ask<{ pushed: { name: string }[] }>("push --path drafts/refund.txt");
  expect(pushed.map(({ name }) => name)).toEqual(["refund"]);
});

test("folders below prompts/ are the group of a prompt", async () => {
  const desk = await emptyShop();
  desk.write({ "prompts/task/sales/qualify-lead.md": "Qualify {{ company }}.\n" });
  await desk.done("push");
  expect(desk.exists("prompt-templates/task/sales/qualify-lead/1.0.0.md")).toBe(true);
  const { prompts } = await desk.ask<{ prompts: { group: string }[] }>("list");
  expect(prompts[0]?.group).toBe("task/sales");
});

test.each([
  ["a new required variable", "Hi {{ company_name }}, {{ name }}.\n", "major", "2.0.0"],
  ["a variable that goes", "You are a helpful assistant for us.\n", "major", "2.0.0"],
  ["a new optional variable", `${first}{% if tone %}Be {{ tone }}.{% endif %}\n`, "minor", "1.1.0"],
  [
    "one word of many",
    `${first.replace(".", "")} and you answer all the questions of all our customers.\n`,
    "patch",
    undefined,
  ],
])("the next number says what changed for callers: %s", async (_what, text, bump, version) => {
  const desk = await firstPush();
  desk.write({ "prompts/customer_support.txt": text });
  const { pushed } = await desk.ask<{ pushed: { requiredBump: string; version: string }[] }>(
    "push --dry-run",
  );
  expect(pushed[0]?.requiredBump).toBe(bump);
  if (version !== undefined) expect(pushed[0]?.version).toBe(version);
});

test("a step that is too small is refused with exit 1 and names the change", async () => {
  const desk = await firstPush();
  desk.write({ "prompts/customer_support.txt": "Hi {{ company_name }}, {{ name }}.\n" });
  const before = desk.picture();
  const refused = await desk.refusal("push --bump patch");
  expect(refused).toMatchObject({ code: "BUMP_TOO_SMALL", exitCode: 1 });
  expect(refused.message).toContain("`name`");
  expect(desk.picture()).toEqual(before);
});

test("`alias set stable v1.2.3` moves every prompt that has this version", async () => {
  const desk = openShop();
  await desk.done("alias remove stable");
  const { changes } = await desk.ask("alias set stable v1.2.3");
  expect(changes).toEqual([
    { action: "alias-set", prompt: "customer_support", alias: "stable", from: null, to: "1.2.3" },
  ]);
});

test("`alias set production --version` takes the lines of `version get dev`", async () => {
  const desk = openShop();
  const lines = (await desk.done("version get dev")).stdout.trim().split("\n").join(" ");
  expect(lines).toBe("customer_support@2.0.0 qualify-lead@1.0.0");
  await desk.done(`alias set production --version ${lines}`);
  const { versions } = await desk.ask("version get production");
  expect(versions).toEqual({ customer_support: "2.0.0", "qualify-lead": "1.0.0" });
});

test("`alias set --from` copies what another alias serves, in one commit", async () => {
  const desk = openShop();
  await desk.done("alias set production --from dev");
  expect((await desk.ask("version get production")).versions).toEqual(
    (await desk.ask("version get dev")).versions,
  );
  expect(desk.git("rev-list", "--count", "HEAD")).toBe("2");
});

test("an alias pins what a range or another alias means now", async () => {
  const desk = openShop();
  await desk.done("alias set canary customer_support@^1 qualify-lead@dev");
  expect((await desk.ask("version get canary")).versions).toEqual({
    customer_support: "1.2.3",
    "qualify-lead": "1.0.0",
  });
});

test("`alias remove` takes the alias away", async () => {
  const desk = openShop();
  await desk.done("alias remove stable");
  expect(await desk.refusal("version get stable")).toMatchObject({ code: "ALIAS_NOT_FOUND", exitCode: 2 });
});

test("`default set` moves what is served where no alias decides", async () => {
  const desk = openShop();
  await desk.done("default set qualify-lead@1.0.0 customer_support@v2");
  const { prompts } = await desk.ask<{ prompts: { default: string }[] }>("list");
  expect(prompts.map((prompt) => prompt.default)).toEqual(["2.0.0", "1.0.0"]);
});

type Diffs = { diffs: { name: string; from: string | null; to: string; requiredBump: string }[] };
const sides = ({ diffs }: Diffs) => diffs.map(({ name, from, to }) => [name, from, to]);

test("`diff --alias stable` shows what stable does not serve yet", async () => {
  expect(sides(await openShop().ask<Diffs>("diff --alias stable"))).toEqual([
    ["customer_support", "1.2.3", "2.0.0"],
  ]);
});

test("`diff --version v1.2.3` compares the prompts that have this version", async () => {
  expect(sides(await openShop().ask<Diffs>("diff --version v1.2.3"))).toEqual([
    ["customer_support", "1.2.3", "2.0.0"],
  ]);
});

test("`diff --git-commit` takes a short id and shows what happened since", async () => {
  const desk = openShop();
  const commit = desk.git("rev-parse", "--short=7", "HEAD");
  desk.write({ "prompts/customer_support.txt": "Answer {{ company_name }}, {{ name }}.\n" });
  await desk.done("push");
  expect(sides(await desk.ask<Diffs>(`diff --git-commit ${commit}`))).toEqual([
    ["customer_support", "2.0.0", "3.0.0"],
  ]);
});

test("`diff customer_support --git-commit <c> --alias stable` compares with what stable served then", async () => {
  const desk = openShop();
  const commit = desk.git("rev-parse", "--short=7", "HEAD");
  await desk.done("alias set stable customer_support@2.0.0");
  expect(sides(await desk.ask<Diffs>(`diff customer_support --git-commit ${commit} --alias stable`))).toEqual(
    [["customer_support", "1.2.3", "2.0.0"]],
  );
});

test("`diff customer_support v1 v2 --format html` is one page about the newest 1.x.y and 2.x.y", async () => {
  const { stdout } = await openShop().done("diff customer_support v1 v2 --format html");
  expect(stdout).toMatch(/^<!doctype html>/);
  expect(stdout).toContain("1.2.3");
  expect(stdout).toContain("2.0.0");
  expect(stdout).not.toMatch(/<(script|link)\b[^>]*(src|href)=|https?:\/\//);
});

test("`diff <name>` compares the draft with the newest version", async () => {
  const desk = openShop();
  expect(sides(await desk.ask<Diffs>("diff customer_support"))).toEqual([]);
  desk.write({ "prompts/customer_support.txt": "Answer for {{ company_name }}.\n" });
  expect(sides(await desk.ask<Diffs>("diff customer_support"))).toEqual([
    ["customer_support", "2.0.0", "draft"],
  ]);
});

test("`diff <ref> <ref>` compares two references", async () => {
  const desk = openShop();
  expect(sides(await desk.ask<Diffs>("diff customer_support@stable customer_support@dev"))).toEqual([
    ["customer_support", "1.2.3", "2.0.0"],
  ]);
});

test("a draft without versions is compared with nothing", async () => {
  const desk = openShop();
  desk.write({ "prompts/refund.txt": "Refund {{ order }}.\n" });
  expect(sides(await desk.ask<Diffs>("diff refund"))).toEqual([["refund", null, "draft"]]);
});

test.each(["text", "unified", "json", "md", "html"])(
  "`diff --format %s` prints the words that changed",
  async (format) => {
    const { stdout } = await openShop().done(`diff customer_support 1.2.3 2.0.0 --format ${format}`);
    expect(stdout).toContain("company_name");
    if (format === "json") expect(Object.keys(JSON.parse(stdout) as object)).toEqual(["diffs"]);
  },
);

test("`diff --stat` prints counts only", async () => {
  const { stdout } = await openShop().done("diff customer_support 1.2.3 2.0.0 --stat");
  expect(stdout).toContain("customer_support");
  expect(stdout).not.toContain("helpful");
});

test("`diff --exit-code` ends with 1 when there are differences and with 0 when there are none", async () => {
  const desk = openShop();
  expect((await desk.type("diff customer_support 1.2.3 2.0.0 --exit-code")).exitCode).toBe(1);
  expect((await desk.type("diff customer_support 2.0.0 2.0.0 --exit-code")).exitCode).toBe(0);
  expect((await desk.type("diff --exit-code")).exitCode).toBe(0);
});

test("versions that were pushed stay as they are when the alias moves on", async () => {
  const desk = await firstPush();
  desk.write({ "prompts/customer_support.txt": first.replace("helpful", "friendly") });
  await desk.done("push --alias dev");
  expect((await desk.done("version get dev customer_support")).stdout).toBe("1.0.1\n");
  expect((await desk.done("render customer_support@1.0.0 --var company_name=Acme")).stdout).toContain(
    "helpful",
  );
  expect((await desk.done("render customer_support@dev --var company_name=Acme")).stdout).toContain(
    "friendly",
  );
});

test("`new` writes a draft that can be pushed as it stands", async () => {
  const desk = await emptyShop();
  for (const format of ["md", "txt", "yaml"])
    await desk.done(`new draft-${format} --group task --format ${format}`);
  const { pushed } = await desk.ask<{ pushed: { path: string }[] }>("push");
  expect(pushed.map(({ path }) => path)).toEqual([
    "prompt-templates/task/draft-md/1.0.0.md",
    "prompt-templates/task/draft-txt/1.0.0.md",
    "prompt-templates/task/draft-yaml/1.0.0.md",
  ]);
  expect((await desk.done("validate")).exitCode).toBe(0);
});

test("`new` of a prompt that has versions copies the newest one, and pushing it changes nothing", async () => {
  const desk = openShop();
  for (const format of ["md", "yaml"]) {
    await desk.done(`new qualify-lead --format ${format}`);
    expect(await desk.ask("push qualify-lead")).toMatchObject({ pushed: [], unchanged: ["qualify-lead"] });
    desk.remove(`prompts/sales/qualify-lead.${format}`);
  }
});

test("`search` finds prompts by their purpose, tags and text", async () => {
  const desk = openShop();
  const names = async (words: string) =>
    (await desk.ask<{ matches: { name: string }[] }>(`search ${words}`)).matches.map(({ name }) => name);
  expect(await names("inbound")).toEqual(["qualify-lead"]);
  expect(await names("sales")).toEqual(["qualify-lead"]);
  expect(await names("helpful assistant")).toEqual(["customer_support"]);
  expect(await names("nothing-like-it")).toEqual([]);
});

test("`resolve --at` and `render --at` answer as of a commit", async () => {
  const desk = openShop();
  const before = desk.head() ?? "";
  await desk.done("alias set production customer_support@2.0.0");
  expect((await desk.ask(`resolve customer_support --at ${before}`)).version).toBe("1.2.3");
  expect((await desk.done(`render customer_support --at ${before}`)).stdout).toContain("the shop");
});
