import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { countCalls } from "../support/count-calls.js";
import { createDesk, type Desk } from "../support/desk.js";
import { randomOf } from "../support/random.js";
import { fillers, versionOf } from "./fillers.js";
import { registryFiles } from "./random-registry.js";
import { saidOf, setScene, workspaceOf } from "./said.js";
import { validate } from "./story.js";

const kept = ".git/promptsync/cache/sound-prompts";

/** A desk with the fillers on `main`, judged once. */
async function judged(more: Readonly<Record<string, string>> = {}): Promise<Desk> {
  const desk = createDesk({ files: { ...fillers(), ...more } });
  desk.commit("nothing");
  await validate(desk);
  return desk;
}

/** How many versions a run reads. */
const readBy = async (desk: Desk, words = ""): Promise<number> =>
  (await countCalls(["readVersion"], () => validate(desk, words))).readVersion;

describe("validate of everything, again", () => {
  it("reads no version of which nothing was found, and counts them all", async () => {
    const desk = await judged();
    expect(await readBy(desk)).toBe(0);
    expect((await validate(desk)).summary).toMatchObject({ versions: 250, prompts: 25 });
  });

  it("reads the versions of a prompt that is edited, and sees what is wrong", async () => {
    const desk = await judged();
    desk.write({
      "prompt-templates/filler/filler-3/1.4.0.md": versionOf("filler-3", "1.4.0", "{{ tickt }}"),
    });
    expect(await readBy(desk)).toBeGreaterThanOrEqual(10);
    const { found } = await validate(desk);
    expect(found).toEqual(
      expect.arrayContaining(["immutable-version-modified", "template-variable-undeclared"]),
    );
    desk.commit("edit");
    expect((await validate(desk)).found).toEqual(expect.arrayContaining(["template-variable-undeclared"]));
  });

  it("judges again what it found something in, and what includes others", async () => {
    const desk = await judged({
      "prompt-templates/a/unused/1.0.0.md": versionOf(
        "unused",
        "1.0.0",
        "Sort: {{ ticket }}",
        "    locale: string\n",
      ),
      "prompt-templates/a/shared/1.0.0.md": versionOf("shared", "1.0.0"),
      "prompt-templates/a/uses/1.0.0.md": versionOf(
        "uses",
        "1.0.0",
        '{% include "shared@1.0.0" %}{{ ticket }}',
      ),
    });
    expect(await readBy(desk)).toBe(3); // `unused`, `uses`, and `shared` for it
    expect((await validate(desk)).found).toContain("template-variable-unused");
  });

  it("forgets everything when other settings judge, and when the file is damaged", async () => {
    const desk = await judged();
    desk.write({ ".promptsyncrc": "engine: { trimBlocks: true }\n" });
    expect(await readBy(desk)).toBe(250);
    expect(await readBy(desk)).toBe(0);
    writeFileSync(
      desk.path(kept),
      readFileSync(desk.path(kept), "utf8").replace(/[0-9a-f]{40} filler-1\b/, "x"),
    );
    rmSync(desk.path(".git/promptsync/cache/report")); // what was said as a whole is another memory
    expect(await readBy(desk)).toBe(250);
  });

  it("is not asked in a registry of a few versions", async () => {
    const desk = createDesk({ files: { "prompt-templates/a/one/1.0.0.md": versionOf("one", "1.0.0") } });
    desk.commit("nothing");
    await validate(desk);
    expect(existsSync(desk.path(kept))).toBe(false);
  });

  it("says what a first run says, whatever changed meanwhile", { timeout: 600_000 }, async () => {
    const desk = createDesk({ files: { ...registryFiles(), ...fillers() } });
    const first = desk.git("rev-parse", "HEAD");
    const seeds = Number(process.env["PARTS_SEEDS"] ?? 8);
    for (let seed = 1; seed <= seeds; seed++) {
      const scene = setScene(desk, first, randomOf(seed));
      const said = async (): Promise<unknown> => {
        const workspace = await workspaceOf(desk);
        try {
          return await saidOf(workspace, {});
        } finally {
          workspace.close();
        }
      };
      const again = await said();
      if (existsSync(desk.path(kept))) renameSync(desk.path(kept), desk.path("../aside"));
      expect({ seed, scene, said: again }).toEqual({ seed, scene, said: await said() });
      if (existsSync(desk.path("../aside"))) renameSync(desk.path("../aside"), desk.path(kept));
    }
  });
});
