import { expect, test } from "vitest";
import type { Desk } from "../support/desk.js";
import { createDesk } from "../support/desk.js";
import { openShop } from "./story.js";

const draft = { "prompts/customer_support.txt": "Hi {{ company_name }}, {{ name }}.\n" };

/** Every way to write, as typed. */
const writes = [
  "push --alias dev",
  "alias set production customer_support@2.0.0",
  "alias remove stable",
  "default set customer_support@2.0.0",
];

function openWithDraft(): Desk {
  const desk = openShop();
  desk.write(draft);
  return desk;
}

test.each(writes)("`%s --dry-run` writes nothing: no file, no commit, no index entry", async (line) => {
  const desk = openWithDraft();
  const before = desk.picture();
  const { stdout, stderr } = await desk.done(`${line} --dry-run`);
  expect(desk.picture()).toEqual(before);
  expect(stdout).toMatch(/dry run: nothing was written\n$/);
  expect(stdout).toContain("customer_support");
  expect(stderr).toBe("");
});

test.each(writes)("`%s --dry-run --json` prints the plan that would be carried out", async (line) => {
  const desk = openWithDraft();
  const { plan } = await desk.ask<{ plan: { effects: unknown[]; message: string; base: string } }>(
    `${line} --dry-run`,
  );
  expect(plan.effects.length).toBeGreaterThan(0);
  expect(plan.base).toBe(desk.head());
  await desk.done(line);
  expect(desk.git("log", "-1", "--format=%B")).toBe(plan.message);
});

test("a dry run of `init`'s folder on an unborn branch leaves it unborn", async () => {
  const desk = createDesk();
  await desk.done("init");
  const before = desk.picture();
  await desk.done("push --dry-run");
  expect(desk.picture()).toEqual(before);
  expect(desk.head()).toBeNull();
});

test.each(writes)("`%s --no-commit` leaves the change in the working tree", async (line) => {
  const desk = openWithDraft();
  const head = desk.head();
  const staged = desk.git("diff", "--cached");
  const { commit } = await desk.ask<{ commit: string | null }>(`${line} --no-commit`);
  expect({ commit, head: desk.head(), staged: desk.git("diff", "--cached") }).toEqual({
    commit: null,
    head,
    staged,
  });
  expect(desk.status()).toContain("prompt-templates/promptsync.yaml");
});

test("a change without a commit can be committed by hand and is the same change", async () => {
  const [byHand, byTool] = [openWithDraft(), openWithDraft()];
  await byHand.done("push --alias dev --no-commit");
  byHand.git("add", "prompt-templates");
  byHand.git("commit", "--quiet", "-m", "by hand");
  await byTool.done("push --alias dev");
  expect(byHand.git("rev-parse", "HEAD:prompt-templates")).toBe(
    byTool.git("rev-parse", "HEAD:prompt-templates"),
  );
});

test.each(writes)("`%s -m` is the subject and `--reason` a trailer of every change", async (line) => {
  const desk = openWithDraft();
  await desk.done(`${line} -m "Ask for the name" --reason "support asked for it"`);
  expect(desk.git("log", "-1", "--format=%s")).toBe("Ask for the name");
  const trailers = desk.git("log", "-1", "--format=%(trailers:only,unfold)").split("\n").filter(Boolean);
  const count = (name: string) => trailers.filter((it) => it.startsWith(`Promptsync-${name}: `)).length;
  expect(count("Action")).toBeGreaterThan(0);
  expect(count("Reason")).toBe(count("Action"));
  expect(trailers).toContain("Promptsync-Reason: support asked for it");
});

test("the audit trailers of a push say what became what", async () => {
  const desk = openWithDraft();
  await desk.done(`push --alias dev`);
  expect(desk.git("log", "-1", "--format=%B").trimEnd().split("\n")).toEqual([
    "promptsync: push customer_support@3.0.0 to dev",
    "",
    "Promptsync-Action: push",
    "Promptsync-Prompt: customer_support",
    "Promptsync-Version: 3.0.0",
    "Promptsync-From: 2.0.0",
    "Promptsync-To: 3.0.0",
    "Promptsync-Action: alias-set",
    "Promptsync-Prompt: customer_support",
    "Promptsync-Alias: dev",
    "Promptsync-From: 2.0.0",
    "Promptsync-To: 3.0.0",
  ]);
});

test.each([
  ["-m", "two\nlines"],
  ["-m", "a bell \u0007"],
  ["-m", ""],
  ["--reason", "fine\n\nPromptsync-Action: forged"],
  ["--reason", "a line\u2028separator"],
])("%s %j is refused, because it could forge a trailer, and nothing is written", async (option, text) => {
  const desk = openWithDraft();
  const before = desk.picture();
  for (const line of writes) {
    expect(await desk.refusal(`${line} ${option} "${text}"`)).toMatchObject({ code: "USAGE", exitCode: 2 });
  }
  expect(desk.picture()).toEqual(before);
});

test("comments and order of promptsync.yaml survive a write", async () => {
  const desk = openShop();
  await desk.done("alias set production customer_support@2.0.0");
  const changed = desk
    .git("show", "--format=", "--unified=0")
    .split("\n")
    .filter((line) => /^[-+] /.test(line));
  expect(changed).toEqual(['-        serve: "1.2.3"', '+        serve: "2.0.0"']);
});

test("`--quiet` leaves the answer and takes the rest", async () => {
  const desk = openShop();
  desk.git("checkout", "--quiet", "--detach");
  const { stdout, stderr } = await desk.done("alias set production customer_support@2.0.0 --quiet");
  expect(stdout).toContain("2.0.0");
  expect(stderr).toBe("");
});
