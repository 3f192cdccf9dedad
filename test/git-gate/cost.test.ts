import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { countCalls } from "../support/count-calls.js";
import { createDesk, type Desk } from "../support/desk.js";
import { home, state, triage, validate } from "./story.js";

/** Three thousand versions of three hundred prompts. */
function largeRegistry() {
  const files: Record<string, string> = {};
  const blocks: string[] = [];
  for (let prompt = 0; prompt < 300; prompt++) {
    const name = `prompt-${prompt}`;
    blocks.push(`  ${name}:\n    owner: team\n    default: "1.9.0"\n`);
    for (let minor = 0; minor < 10; minor++) {
      const text = triage(`1.${minor}.0`, `Sort ${prompt}.${minor}: {{ ticket }}`).replace(
        "name: triage",
        `name: ${name}`,
      );
      files[`prompt-templates/group/${name}/1.${minor}.0.md`] = text;
    }
  }
  files["prompt-templates/promptsync.yaml"] = `schema: promptsync/v1\nprompts:\n${blocks.join("")}`;
  return createDesk({ files });
}

/** The same with a branch that adds a version to ten prompts, and says so of one of them in the state. */
function tenNewVersions(): Desk {
  const desk = largeRegistry();
  desk.git("switch", "--quiet", "--create", "work");
  for (let prompt = 0; prompt < 10; prompt++) {
    const name = `prompt-${prompt}`;
    const text = triage("1.10.0", "Sort: {{ ticket }}").replace("name: triage", `name: ${name}`);
    desk.write({ [`prompt-templates/group/${name}/1.10.0.md`]: text });
  }
  const file = "prompt-templates/promptsync.yaml";
  desk.write({ [file]: desk.read(file).replace('"1.9.0"\n', '"1.10.0"\n') });
  desk.commit("ten versions");
  return desk;
}

/** What a run does for each file and block. */
const perPart = ["placeFile", "readVersion", "readState"] as const;

describe("validate --base", () => {
  it("looks at what changed, at its folders and predecessors, and at the blocks of its prompts", async () => {
    const desk = tenNewVersions();
    for (const words of ["--base main", "--base main --committed", "--staged --base main"]) {
      const calls = await countCalls(perPart, () => validate(desk, words));
      // Ten blocks, one of them also as it was; what is said of all; nine again to find the place of a note.
      expect([words, calls.readVersion, calls.readState]).toEqual([words, 20, 11 + 1 + 9]);
      expect(calls.placeFile).toBeLessThan(1000);
    }
  });

  it("looks at no file of the working tree when it is asked for what is committed", async () => {
    const desk = tenNewVersions();
    desk.write({ "prompt-templates/group/prompt-11/1.9.0.md": "edited" });
    const { found, summary, exitCode, commands } = await commandsOf(desk, "--base main --committed");
    expect([found, exitCode]).toEqual([[], 0]);
    expect(summary).toMatchObject({ versions: 10, prompts: 10 });
    expect(commands).toEqual(["cat-file", "diff", "rev-parse"]);
    expect((await validate(desk, "--base main")).found).toContain("immutable-version-modified");
  });

  it("parses what changed and its predecessors, with a handful of git processes", async () => {
    const desk = tenNewVersions();
    const { found, summary, exitCode, commands } = await commandsOf(desk, "--base main");
    expect([found, exitCode]).toEqual([[], 0]);
    expect(summary).toMatchObject({ versions: 10, prompts: 10 });
    expect(commands).toEqual(["cat-file", "diff", "ls-files", "rev-parse"]);
  });

  it("asks git where the branches part only when the base has moved on", async () => {
    const desk = tenNewVersions();
    desk.git("switch", "--quiet", "main");
    desk.write({ "notes.txt": "" });
    desk.commit("meanwhile");
    desk.git("switch", "--quiet", "work");
    const { found, commands } = await commandsOf(desk, "--base main --committed");
    expect([found, commands]).toEqual([[], ["cat-file", "diff", "diff", "merge-base", "rev-parse"]]);
  });
});

describe("validate of everything", () => {
  it("takes every template apart once, and reads every schema once, however many rules ask", async () => {
    const desk = largeRegistry();
    const calls = await countCalls(["parseTemplate", "toJsonSchema"], () => validate(desk));
    expect(calls).toEqual({ parseTemplate: 3000, toJsonSchema: 3000 });
  });
});

/** The git commands of a run, sorted. */
async function commandsOf(desk: Desk, line: string) {
  const environment = Object.fromEntries(
    Object.entries({ ...desk.environment, PROMPTSYNC_TRACE_GIT: desk.path("../trace") }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
  const answer = await validate(desk, line, { environment });
  const commands = readFileSync(desk.path("../trace"), "utf8").trim().split("\n");
  const longest = Math.max(...commands.map(({ length }) => length));
  return { ...answer, longest, commands: commands.map((it) => (JSON.parse(it) as string[])[0] ?? "").sort() };
}

describe("a change that touches many merged versions", () => {
  it("asks git once who includes them, in a few words", async () => {
    const users = [
      ["uses", '{% include "prompt-7@1.0.0" %}'],
      ["quotes", "{% include 'prompt-9@1.1.0' %}"],
    ] as const;
    const desk = largeRegistry();
    for (const [name, body] of users)
      desk.write({ [`prompt-templates/${name}/1.0.0.md`]: triage("1.0.0", body).replace("triage", name) });
    desk.commit("users");
    desk.git("switch", "--quiet", "--create", "work");
    desk.git(
      "rm",
      "--quiet",
      "-r",
      ...Array.from({ length: 10 }, (_, n) => `prompt-templates/group/prompt-${n}`),
    );
    desk.commit("without ten prompts");
    const { findings, longest } = await commandsOf(desk, "--base main");
    const broken = findings.filter(({ rule }) => rule === "immutable-dependency-changed");
    expect(broken.map(({ message }) => message)).toEqual([
      "prompt-7@1.0.0 is gone; a merged version includes it",
      "prompt-9@1.1.0 is gone; a merged version includes it",
    ]);
    expect(longest).toBeLessThan(1000);
  });
});

describe("validate --staged", () => {
  it("parses what is staged and nothing else, also on the base itself", async () => {
    const desk = largeRegistry();
    const path = "prompt-templates/group/prompt-7/1.10.0.md";
    desk.write({ [path]: triage("1.10.0", "Sort: {{ tickt }}").replace("name: triage", "name: prompt-7") });
    desk.git("add", "--all");
    const { found, summary, exitCode, commands, base } = await commandsOf(desk, "--staged");
    expect([found.includes("template-variable-undeclared"), exitCode]).toEqual([true, 1]);
    expect(summary).toMatchObject({ versions: 1, prompts: 1 });
    expect(base).toMatchObject({ sha: desk.head(), how: "merge-base, on the base itself" });
    expect(commands).toEqual(["cat-file", "diff", "rev-parse"]);
  });

  it("says of the state what is staged of it, and nothing of other prompts", async () => {
    const desk = largeRegistry();
    const file = "prompt-templates/promptsync.yaml";
    const breakDefault = (prompt: string) => {
      const block = `  ${prompt}:\n    owner: team\n    default: `;
      const text = readFileSync(desk.path(file), "utf8");
      desk.write({ [file]: text.replace(`${block}"1.9.0"`, `${block}"1.11.0"`) });
    };
    breakDefault("prompt-8");
    desk.commit("a default that does not exist");
    breakDefault("prompt-9");
    desk.git("add", "--all");
    const { findings } = await validate(desk, "--staged");
    expect(findings.map(({ rule, message }) => [rule, message])).toEqual([
      [
        "registry-reference-dangling",
        "`prompts.prompt-9.default` names prompt-9@1.11.0, which does not exist",
      ],
    ]);
  });

  it("checks everything before there is a commit", async () => {
    const desk = createDesk();
    desk.write({ [`${home}/1.0.0.md`]: triage("1.0.0"), "prompt-templates/promptsync.yaml": state });
    desk.write({ [`${home}/1.0.1.md`]: triage("1.0.1", "Sort {{ ticket }}", "    locale: string\n") });
    desk.git("add", "--all");
    const { found, summary } = await validate(desk, "--staged");
    expect(found).toContain("bump-too-small");
    expect(summary).toMatchObject({ versions: 2 });
  });
});

describe("validate of everything", () => {
  it("judges some prompts at a time, and says everything once", async () => {
    const desk = largeRegistry();
    const edit = (name: string, lines: string) =>
      triage("1.9.0", "Sort 9: {{ ticket }}", lines).replace("name: triage", `name: ${name}`);
    desk.write({
      "prompt-templates/group/prompt-0/1.9.0.md": edit("prompt-0", "    locale: string\n"),
      "prompt-templates/group/prompt-99/1.9.0.md": edit("prompt-99", "    locale: string\n"),
      "prompt-templates/group/stray.txt": "",
    });
    desk.git("add", "--all");
    desk.git("commit", "--quiet", "--amend", "--message", "all");
    const { findings, summary } = await validate(desk, "--allow-missing-base");
    const seen = findings.filter(({ severity }) => severity !== "info").map(({ rule }) => rule);
    expect(summary).toMatchObject({ versions: 3000, prompts: 300 });
    expect(seen.sort()).toEqual([
      "bump-too-small",
      "bump-too-small",
      "layout-unexpected-file",
      "template-variable-unused",
      "template-variable-unused",
    ]);
  });
});
