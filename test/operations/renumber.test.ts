import { expect, test } from "vitest";
import { createDesk, type Desk } from "../support/desk.js";

const file = (name: string, version: string, body: string) =>
  `---\nname: ${name}\nversion: "${version}" # ours\n---\n${body}\n`;
const state = `schema: promptsync/v1
prompts:
  refund:
    owner: team-support
    default: "1.0.0"
    aliases:
      production:
        serve: "1.0.0"
  tone:
    owner: team-support
    default: "1.0.0"
`;
const at = (name: string, version: string) => `prompt-templates/support/${name}/${version}.md`;

/** Two branches that each pushed a second version of `refund` and of `tone`; this one is checked out. */
function openShop(ours: Readonly<Record<string, string>>, theirs: Readonly<Record<string, string>>): Desk {
  const desk = createDesk({
    files: {
      "prompt-templates/promptsync.yaml": state,
      [at("refund", "1.0.0")]: file("refund", "1.0.0", "Refund {{ order }}."),
      [at("tone", "1.0.0")]: file("tone", "1.0.0", "Be kind."),
    },
  });
  desk.git("switch", "--quiet", "--create", "ours");
  desk.write(ours);
  desk.commit("ours");
  desk.git("switch", "--quiet", "main");
  desk.write(theirs);
  desk.commit("theirs");
  desk.git("switch", "--quiet", "ours");
  return desk;
}

const refund = (version: string, body: string) => ({
  [at("refund", version)]: file("refund", version, body),
});
const theirs = refund("1.0.1", "Refund {{ order }}, please.");

test("a number that the base has taken gives way to the next one, with everything that names it", async () => {
  const desk = openShop(
    {
      ...refund("1.0.1", "Please refund {{ order }}."),
      [at("tone", "1.1.0")]: file("tone", "1.1.0", '{% include "refund@1.0.1" %} Say "refund@1.0.1".'),
      "prompt-templates/promptsync.yaml": state
        .replace('serve: "1.0.0"', 'serve: "1.0.1"')
        .replace("  tone:", '    deprecations:\n      "1.0.1":\n        reason: too soon\n  tone:'),
    },
    theirs,
  );
  const { changes, commit } = await desk.ask("renumber");
  expect(changes).toEqual([
    { action: "renumber", prompt: "refund", alias: null, from: "1.0.1", to: "1.1.0", version: "1.1.0" },
  ]);
  expect(commit).toBe(desk.head());
  expect(desk.exists(at("refund", "1.0.1"))).toBe(false);
  expect(desk.read(at("refund", "1.1.0"))).toBe(file("refund", "1.1.0", "Please refund {{ order }}."));
  expect(desk.read(at("tone", "1.1.0"))).toContain('{% include "refund@1.1.0" %} Say "refund@1.0.1".');
  const text = desk.read("prompt-templates/promptsync.yaml");
  expect(text).toContain('serve: "1.1.0"');
  expect(text).toContain('"1.1.0":\n        reason: too soon');
  expect(desk.status()).toBe("");
  expect(desk.git("log", "-1", "--format=%s")).toBe("promptsync: renumber refund@1.1.0");
  expect((await desk.ask("renumber")).changes).toEqual([]);
  expect(desk.run("git", ["merge", "--no-edit", "main"]).status).toBe(0);
});

test("versions that follow keep their order, and each gets an honest number", async () => {
  const desk = openShop(
    {
      ...refund("1.0.1", "Please refund {{ order }} to {{ customer }}."),
      ...refund("1.0.2", "Please refund {{ order }} to {{ customer }} now."),
      ...refund("9.0.0", "Something else with {{ customer }}."),
    },
    theirs,
  );
  const { changes } = await desk.ask<{ changes: { from: string; to: string }[] }>("renumber");
  const moves = changes.map(({ from, to }) => `${from} → ${to}`);
  expect(moves).toEqual(["1.0.1 → 2.0.0", "1.0.2 → 2.0.1"]);
});

test("a number that the base has taken is no gap", async () => {
  const desk = openShop(refund("1.0.1", "Refund {{ order }}, please!"), theirs);
  await desk.done("renumber");
  expect(desk.exists(at("refund", "1.0.2"))).toBe(true);
  const { stdout } = await desk.type("validate --base main --json");
  expect(JSON.parse(stdout)).toMatchObject({ complete: true });
  expect(stdout).not.toContain("bump-gap");
});

test("what is major under the strict profile is numbered so", async () => {
  const json = (version: string, body: string, fields: string) => ({
    [at("refund", version)]: file("refund", version, body).replace(
      "---\nRefund",
      `output:\n  format: json\n  schema:\n    type: object\n    additionalProperties: false\n    properties: {${fields}}\n---\nRefund`,
    ),
  });
  const desk = createDesk({
    files: {
      "prompt-templates/promptsync.yaml": state,
      ...json("1.0.0", "Refund {{ order }}.", "sum: {}"),
    },
  });
  desk.write({ ".promptsyncrc": "rules:\n  profile: strict\n" });
  desk.commit("strict");
  desk.git("switch", "--quiet", "--create", "ours");
  desk.write(json("1.0.1", "Refund {{ order }}.", "sum: {}, day: {}"));
  desk.commit("ours");
  desk.git("switch", "--quiet", "main");
  desk.write(json("1.0.1", "Refund {{ order }} now.", "sum: {}"));
  desk.commit("theirs");
  desk.git("switch", "--quiet", "ours");
  const { changes } = await desk.ask<{ changes: { to: string }[] }>("renumber");
  expect(changes.map(({ to }) => to)).toEqual(["2.0.0"]);
});

test("a version of an older line stays below the newer one", async () => {
  const desk = createDesk({
    files: {
      "prompt-templates/promptsync.yaml": state,
      ...refund("1.0.0", "Refund {{ order }}."),
      ...refund("2.0.0", "Refund {{ order }} to {{ customer }}."),
    },
  });
  desk.git("switch", "--quiet", "--create", "ours");
  desk.write(refund("1.0.1", "Please refund {{ order }}."));
  desk.commit("ours");
  desk.git("switch", "--quiet", "main");
  desk.write(theirs);
  desk.commit("theirs");
  desk.git("switch", "--quiet", "ours");
  const { changes } = await desk.ask<{ changes: { to: string }[] }>("renumber");
  expect(changes.map(({ to }) => to)).toEqual(["1.1.0"]);
});

test("a pre-release gets the next pre-release", async () => {
  const desk = openShop(
    { ...refund("1.0.1-emergency.1", "Ours {{ order }}.") },
    { ...refund("1.0.1-emergency.1", "Theirs {{ order }}.") },
  );
  const { changes } = await desk.ask<{ changes: { to: string }[] }>("renumber");
  expect(changes.map(({ to }) => to)).toEqual(["1.0.1-emergency.2"]);
});

test("the same version on both sides, and a version only here, stay", async () => {
  const desk = openShop({ ...theirs, ...refund("1.2.0", "Mine {{ order }}.") }, theirs);
  expect((await desk.ask("renumber")).changes).toEqual([]);
});

test("only the prompts that are named, and nothing on a dry run", async () => {
  const desk = openShop(refund("1.0.1", "Please refund {{ order }}."), theirs);
  const before = desk.picture();
  expect((await desk.ask("renumber tone")).changes).toEqual([]);
  expect(
    (await desk.ask<{ changes: unknown[] }>("renumber refund --dry-run --base main")).changes,
  ).toHaveLength(1);
  expect((await desk.refusal("renumber refnd")).code).toBe("PROMPT_NOT_FOUND");
  expect((await desk.refusal("renumber --remote")).code).toBe("USAGE");
  expect(desk.picture()).toEqual(before);
});

test("merged versions are never touched", async () => {
  const desk = openShop({ [at("refund", "1.0.0")]: file("refund", "1.0.0", "Edited {{ order }}.") }, theirs);
  expect((await desk.ask("renumber")).changes).toEqual([]);
  expect(desk.read(at("refund", "1.0.0"))).toContain("Edited");
});

test("a version that is not committed yet is asked to be", async () => {
  const desk = openShop({}, theirs);
  desk.write(refund("1.0.1", "Please refund {{ order }}."));
  const refusal = await desk.refusal("renumber");
  expect(refusal).toMatchObject({ code: "UNCOMMITTED_CHANGES", file: at("refund", "1.0.1") });
  expect((await desk.done("renumber --no-commit")).stdout).toContain("1.0.1 → 1.1.0");
  expect(desk.exists(at("refund", "1.0.1"))).toBe(false);
});
