import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createDesk } from "../support/desk.js";
import { triage, validate } from "./story.js";

/** Three thousand versions of three hundred prompts. */
function largeRegistry() {
  const files: Record<string, string> = {};
  const blocks: string[] = [];
  for (let prompt = 0; prompt < 300; prompt++) {
    const name = `prompt-${prompt}`;
    blocks.push(`  ${name}:\n    owner: team\n    default: "1.9.0"\n`);
    for (let minor = 0; minor < 10; minor++) {
      const text = triage(`1.${minor}.0`, `Sort ${minor}: {{ ticket }}`).replace(
        "name: triage",
        `name: ${name}`,
      );
      files[`prompt-templates/group/${name}/1.${minor}.0.md`] = text;
    }
  }
  files["prompt-templates/promptsync.yaml"] = `schema: promptsync/v1\nprompts:\n${blocks.join("")}`;
  return createDesk({ files });
}

describe("validate --base", () => {
  it("parses what changed and its predecessors, with a handful of git processes", async () => {
    const desk = largeRegistry();
    desk.git("switch", "--quiet", "--create", "work");
    for (let prompt = 0; prompt < 10; prompt++) {
      const name = `prompt-${prompt}`;
      const text = triage("1.10.0", "Sort: {{ ticket }}").replace("name: triage", `name: ${name}`);
      desk.write({ [`prompt-templates/group/${name}/1.10.0.md`]: text });
    }
    desk.commit("ten versions");
    const environment = Object.fromEntries(
      Object.entries({ ...desk.environment, PROMPTSYNC_TRACE_GIT: desk.path("../trace") }).filter(
        (entry): entry is [string, string] => entry[1] !== undefined,
      ),
    );
    const { found, summary, exitCode } = await validate(desk, "--base main", { environment });
    expect([found, exitCode]).toEqual([[], 0]);
    expect(summary).toMatchObject({ versions: 10, prompts: 300 });
    const commands = readFileSync(desk.path("../trace"), "utf8").trim().split("\n");
    const words = commands.map((line) => (JSON.parse(line) as string[])[0]);
    expect(words.sort()).toEqual(["cat-file", "diff", "ls-files", "merge-base", "rev-parse"]);
  });
});
