import { describe, expect, test } from "vitest";
import type { Desk } from "../support/desk.js";
import { openShop } from "./story.js";

/** The shop with its state in one file, in a file a prompt, and in both ways. */
const ways = { joined: [], split: ["--all"], mixed: ["customer_support"] } as const;

async function shopIn(way: keyof typeof ways): Promise<Desk> {
  const desk = openShop();
  if (way !== "joined") await desk.done(`split ${ways[way].join(" ")}`);
  desk.commit("a quiet day");
  return desk;
}

/** A day's work: every reader and every editor of the state. */
const day = [
  "list",
  "alias set stable customer_support@2.0.0 --reason spring",
  "canary set --alias production --version customer_support@2.0.0 --percentage 10 --steps 1,10,50",
  "canary step customer_support --alias production",
  "canary list",
  "tenant set acme customer_support@1.0.0 --alias production --reason audited",
  "override set chat chat-8842 customer_support@2.0.0",
  "prompt set qualify-lead owner team-leads",
  "resolve customer_support --key user-1",
  "resolve customer_support --tenant acme",
  "resolve customer_support --scope chat=chat-8842",
  "push refund --alias dev",
  "default set qualify-lead@1.0.0",
  "deprecate customer_support@1.2.3 --replacement customer_support@2.0.0 --deadline 2027-01-01 --reason old",
  "alias remove dev qualify-lead",
  "rollback customer_support --alias stable",
  "rollback --alias stable",
  "alias list",
  "version get stable",
  "validate",
  "validate --base HEAD~3",
  "status",
  "log",
  "log customer_support",
  "doctor",
  "types",
] as const;

const words = (text: string): string =>
  text
    .replaceAll(/\b[0-9a-f]{40}\b|\b[0-9a-f]{12}\b/g, "<id>")
    .replaceAll(
      /prompt-templates\/[\w/-]*promptsync\.yaml(:\d+:\d+|",\s*"line": ?\d+,\s*"column": ?\d+)?/g,
      "<state>",
    )
    .replaceAll(/"(line|column|endLine|endColumn)": ?\d+/g, '"$1": 0');

async function storyOf(way: keyof typeof ways): Promise<Record<string, string>> {
  const desk = await shopIn(way);
  desk.write({ "prompts/refund.txt": "Refund {{ order }}.\n" });
  const told: Record<string, string> = {};
  for (const line of day) {
    const { stdout, stderr, exitCode } = await desk.type(`${line} --json`);
    told[line] = words(`${stdout}${stderr}exit ${exitCode}`);
  }
  return told;
}

test("every command answers the same, wherever a prompt's block stands", async () => {
  const joined = await storyOf("joined");
  const withoutMove = (story: Record<string, string>) =>
    Object.fromEntries(
      Object.entries(story).map(([line, text]) => [line, line.startsWith("log") ? "" : text]),
    );
  for (const way of ["split", "mixed"] as const) {
    const story = await storyOf(way);
    expect(withoutMove(story)).toEqual(withoutMove(joined));
    const entries = (text = ""): { action: string }[] =>
      (JSON.parse(text.replace(/exit 0$/, "")) as { entries: { action: string }[] }).entries;
    expect(entries(story["log"]).filter(({ action }) => action !== "split")).toEqual(entries(joined["log"]));
  }
  const refused = Object.keys(joined).filter((line) => !joined[line]?.endsWith("exit 0"));
  expect(refused).toEqual(["validate", "doctor"]); // arms that do not fit, and no .gitattributes
}, 120_000);

describe("a block that moves", () => {
  test("is one commit that serves the same, and a second run is none", async () => {
    const desk = openShop();
    const before = await desk.ask("list");
    const { commit, changes } = await desk.ask<{ commit: string; changes: object[] }>("split --all");
    expect(changes).toEqual([
      {
        action: "split",
        prompt: "customer_support",
        alias: null,
        from: "prompt-templates/promptsync.yaml",
        to: "prompt-templates/customer_support/promptsync.yaml",
      },
      {
        action: "split",
        prompt: "qualify-lead",
        alias: null,
        from: "prompt-templates/promptsync.yaml",
        to: "prompt-templates/sales/qualify-lead/promptsync.yaml",
      },
    ]);
    expect(desk.head()).toBe(commit);
    expect(desk.git("show", "--name-status", "--format=%s").split("\n").toSorted()).toEqual(
      [
        "",
        "A\tprompt-templates/customer_support/promptsync.yaml",
        "A\tprompt-templates/sales/qualify-lead/promptsync.yaml",
        "M\tprompt-templates/promptsync.yaml",
        "promptsync: split 2 prompts",
      ].toSorted(),
    );
    expect(desk.status()).toBe("");
    expect(await desk.ask("list")).toEqual(before);
    expect(await desk.ask("split --all")).toMatchObject({ commit: null, changes: [] });
  });

  test("comes back byte for byte", async () => {
    const desk = openShop();
    const before = desk.git("ls-files", "--stage");
    await desk.done("split --all");
    await desk.done("join customer_support");
    await desk.done("join --all");
    expect(desk.git("ls-files", "--stage")).toBe(before);
    expect(desk.exists("prompt-templates/customer_support/promptsync.yaml")).toBe(false);
  });

  test("is shown by a dry run and stays uncommitted when it is told to", async () => {
    const desk = openShop();
    const before = desk.picture();
    expect((await desk.ask<{ plan: object }>("split qualify-lead --dry-run")).plan).toBeDefined();
    expect(desk.picture()).toEqual(before);
    await desk.done("split qualify-lead --no-commit");
    expect(desk.status().split("\n")).toEqual([
      " M prompt-templates/promptsync.yaml",
      "?? prompt-templates/sales/qualify-lead/promptsync.yaml",
    ]);
  });

  test("is no change of what is served, also when a person moves it", async () => {
    const desk = openShop();
    await desk.done("split qualify-lead --no-commit");
    desk.commit("tidy");
    expect((await desk.ask<{ entries: object[] }>("log qualify-lead")).entries).not.toContainEqual(
      expect.objectContaining({
        action: expect.stringMatching(/^(alias|default)/) as string,
        from: expect.anything() as string,
      }),
    );
    await desk.done("join --all --no-commit");
    desk.commit("tidy again");
    expect(await desk.ask("log")).toMatchObject({
      entries: expect.any(Array) as object[],
    });
  });

  test("waits for uncommitted edits", async () => {
    const desk = openShop();
    desk.write({
      "prompt-templates/promptsync.yaml": desk.read("prompt-templates/promptsync.yaml") + "# mine\n",
    });
    expect(await desk.refusal("split --all")).toMatchObject({ code: "UNCOMMITTED_CHANGES", exitCode: 2 });
  });
});

test("a block that is on its way to its own file is committed in both files or in none", async () => {
  const desk = await shopIn("joined");
  await desk.done("split customer_support --no-commit");
  const before = desk.picture();
  expect(await desk.refusal("alias set dev customer_support@1.0.0")).toMatchObject({
    code: "UNCOMMITTED_CHANGES",
    file: "prompt-templates/promptsync.yaml",
  });
  expect(desk.picture()).toEqual(before);
  await desk.done("alias set dev customer_support@1.0.0 --no-commit");
  desk.commit("split");
  await desk.done("alias set dev customer_support@2.0.0");
  await desk.done("validate");
});

test("the block of a prompt in two places is a finding and an error that say what to do", async () => {
  const desk = openShop();
  desk.write({ "prompt-templates/customer_support/promptsync.yaml": "owner: team-support\n" });
  desk.commit("twice");
  const { stdout, exitCode } = await desk.type("validate --json");
  expect(exitCode).toBe(1);
  const { findings } = JSON.parse(stdout) as { findings: { rule: string; file: string }[] };
  expect(findings).toContainEqual(
    expect.objectContaining({
      rule: "registry-invalid",
      file: "prompt-templates/customer_support/promptsync.yaml",
    }),
  );
  for (const line of ["alias set dev customer_support@1.0.0", "split --all", "join --all"])
    expect(await desk.refusal(line)).toMatchObject({ code: "STATE_INVALID", exitCode: 2 });
});

test("an own file whose last entry goes still reads", async () => {
  const desk = openShop();
  await desk.done("split --all");
  desk.write({
    "prompt-templates/sales/qualify-lead/promptsync.yaml": 'aliases:\n  dev:\n    serve: "1.0.0"\n',
  });
  desk.commit("less");
  await desk.done("alias remove dev qualify-lead");
  expect(desk.read("prompt-templates/sales/qualify-lead/promptsync.yaml")).toBe("");
  await desk.done("alias set dev qualify-lead@1.0.0");
  expect((await desk.ask("resolve qualify-lead@dev")).version).toBe("1.0.0");
});

test("two branches that move aliases of two split prompts merge without a driver", async () => {
  const desk = await shopIn("split");
  desk.git("switch", "-qc", "other");
  await desk.done("alias set production qualify-lead@1.0.0");
  desk.git("switch", "-q", "main");
  await desk.done("alias set production customer_support@2.0.0");
  desk.git("-c", "user.name=Ada", "merge", "-q", "--no-edit", "other");
  expect((await desk.ask("version get production")).versions).toEqual({
    customer_support: "2.0.0",
    "qualify-lead": "1.0.0",
  });
});

test("the merge driver merges the file of one split prompt", async () => {
  const desk = await shopIn("split");
  const file = "prompt-templates/customer_support/promptsync.yaml";
  const text = desk.read(file);
  desk.write({
    base: text,
    mine: text.replace('dev:\n    serve: "2.0.0"', 'dev:\n    serve: "1.0.0"'),
    other: text.replace('stable:\n    serve: "1.2.3"', 'stable:\n    serve: "2.0.0"'),
  });
  await desk.done(`merge-driver base mine other ${file}`);
  expect(desk.read("mine")).toBe(
    text
      .replace('dev:\n    serve: "2.0.0"', 'dev:\n    serve: "1.0.0"')
      .replace('stable:\n    serve: "1.2.3"', 'stable:\n    serve: "2.0.0"'),
  );
});
