import { existsSync, rmSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { countCalls } from "../support/count-calls.js";
import { createDesk, type Desk } from "../support/desk.js";
import { fillers, versionOf } from "./fillers.js";
import { triage, validate } from "./story.js";

const kept = ".git/promptsync/cache/report";

const path = (prompt: number, version: string) => `prompt-templates/filler/filler-${prompt}/${version}.md`;

/** A desk with 250 versions on `main`, judged until the report is kept. */
async function judged(): Promise<Desk> {
  const desk = createDesk({ files: fillers() });
  desk.commit("nothing");
  await validate(desk);
  await validate(desk);
  expect(await judgings(desk)).toBe(0);
  return desk;
}

/** How often the rules ran over a registry in one run. */
const judgings = async (desk: Desk, words = ""): Promise<number> =>
  (await countCalls(["lintRegistry"], () => validate(desk, words))).lintRegistry;

describe("validate of everything, again, with nothing changed", () => {
  it("says what it said, and runs no rule", async () => {
    const desk = await judged();
    const again = await validate(desk);
    rmSync(desk.path(".git/promptsync/cache"), { recursive: true });
    expect(again).toEqual(await validate(desk));
  });

  it.each<[string, (desk: Desk) => unknown]>([
    [
      "a version is edited",
      (desk) => {
        desk.write({ [path(3, "1.4.0")]: versionOf("filler-3", "1.4.0", "{{ tickt }}") });
      },
    ],
    [
      "a version is new",
      (desk) => {
        desk.write({ [path(3, "1.10.0")]: versionOf("filler-3", "1.10.0") });
      },
    ],
    [
      "a version is gone",
      (desk) => {
        rmSync(desk.path(path(3, "1.4.0")));
      },
    ],
    [
      "a new version is ignored by git",
      (desk) => {
        desk.write({ ".git/info/exclude": "1.10.0.md\n", [path(3, "1.10.0")]: "x" });
      },
    ],
    [
      "something is staged and taken back in the file",
      (desk) => {
        desk.write({ [path(3, "1.4.0")]: versionOf("filler-3", "1.4.0", "{{ tickt }}") });
        desk.git("add", "-A");
        desk.git("restore", "--source=HEAD", "--worktree", "--", path(3, "1.4.0"));
      },
    ],
    [
      "the settings differ",
      (desk) => {
        desk.write({ ".promptsyncrc": "engine: { trimBlocks: true }\n" });
      },
    ],
    [
      "a draft differs",
      (desk) => {
        desk.write({ "prompts/new.md": "{{ nobody }" });
      },
    ],
    ["HEAD is another commit", (desk) => desk.git("commit", "--allow-empty", "-qm", "empty")],
    ["the base is another commit", (desk) => desk.git("update-ref", "refs/remotes/origin/main", "HEAD~1")],
    [
      "the checkout is sparse",
      (desk) => desk.git("sparse-checkout", "set", "prompt-templates/filler/filler-1"),
    ],
    [
      "what was kept is damaged",
      (desk) => {
        writeFileSync(desk.path(kept), "{}");
      },
    ],
  ])("runs the rules when %s", async (_, change) => {
    const desk = await judged();
    change(desk);
    const fresh = await judgings(desk);
    expect(fresh).toBeGreaterThan(0);
  });

  it("believes nothing where commits may have other parents: the evidence of a move may be in one of them", async () => {
    const desk = await judged();
    const state = (serve: string) =>
      `schema: promptsync/v1\naliases:\n  production:\n    protected: true\n    gates: release\ngates:\n  release:\n    checks:\n      tests:\n        run: node -e 0\nprompts:\n  filler-1:\n    aliases:\n      production:\n        serve: "${serve}"\n`;
    desk.write({ "prompt-templates/promptsync.yaml": state("1.0.0") });
    desk.commit("state");
    desk.git("switch", "--quiet", "--create", "work");
    desk.write({ "prompt-templates/promptsync.yaml": state("1.1.0") });
    desk.commit(
      "move\n\nPromptsync-Action: alias-set\nPromptsync-Prompt: filler-1\nPromptsync-Alias: production\nPromptsync-To: 1.1.0\nPromptsync-Gate: release/tests ok",
    );
    const gated = desk.head() ?? "";
    desk.git("reset", "--quiet", "--soft", "main");
    desk.commit("move by hand");
    for (let time = 0; time < 2; time++)
      expect((await validate(desk)).found).toContain("registry-gates-unproven");
    expect(await judgings(desk)).toBe(0);
    desk.git("replace", "--graft", "HEAD", gated);
    expect((await validate(desk)).found).not.toContain("registry-gates-unproven");
  });

  it("runs the rules on another day, and for another question", async () => {
    const desk = await judged();
    expect(await judgings(desk, "--now 2031-01-01")).toBeGreaterThan(0);
    expect(await judgings(desk, "--fail-on warning")).toBeGreaterThan(0);
    expect(await judgings(desk, "prompt-templates/filler/filler-1")).toBeGreaterThan(0);
    expect(await judgings(desk, "--base HEAD~1")).toBeGreaterThan(0);
  });

  it("keeps nothing of an edited tree, also not once the edit is taken back", async () => {
    const desk = await judged();
    const edited = { [path(3, "1.4.0")]: versionOf("filler-3", "1.4.0", "{{ tickt }}") };
    const before = await validate(desk);
    desk.git("commit", "--allow-empty", "-qm", "empty");
    desk.write(edited);
    expect((await validate(desk)).found).not.toEqual(before.found);
    desk.git("checkout", "-q", "--", ".");
    expect((await validate(desk)).found).toEqual(before.found);
  });

  it("never asks in a small registry", async () => {
    const desk = createDesk({
      files: { "prompt-templates/a/triage/1.0.0.md": triage("1.0.0", "Sort: {{ ticket }}", "") },
    });
    await validate(desk);
    expect(existsSync(desk.path(kept))).toBe(false);
  });
});
