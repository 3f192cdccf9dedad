import { symlinkSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { Ajv2020 } from "ajv/dist/2020.js";
import bundleSchema from "../../schemas/bundle.schema.json" with { type: "json" };
import { digestOf } from "../../src/core/prompt-file/digest-of.js";
import { createDesk, type Desk } from "../support/desk.js";
import { reachable, storyFiles } from "../store/sources/story.js";

interface Document {
  readonly catalog: Record<string, string>;
  readonly state: { path: string; digest: string; text: string }[];
  readonly versions: { name: string; version: string; digest: string; text?: string }[];
  readonly others: { name: string; versions: string[] }[];
}

let desk: Desk;
beforeAll(() => {
  desk = createDesk({ files: storyFiles });
});

const bundleOf = async (shop: Desk, words: string): Promise<Document> =>
  JSON.parse((await shop.done(`export ${words}`)).stdout) as Document;
const idsOf = ({ versions }: Document): string[] => versions.map(({ name, version }) => `${name}@${version}`);

describe("what is exported", () => {
  test("is what somebody may get, with what it includes, and the numbers of the rest", async () => {
    const bundle = await bundleOf(desk, "--all");
    expect(idsOf(bundle)).toEqual(reachable);
    expect(bundle.others).toEqual([
      { name: "refund", group: "", versions: ["1.2.0"] },
      { name: "voice", group: "", versions: ["1.1.0"] },
      { name: "welcome", group: "shop", versions: ["1.10.0"] },
    ]);
    expect(bundle.catalog).toEqual({
      commit: desk.head(),
      date: "2026-01-01T00:00:00Z",
      tree: desk.git("rev-parse", "HEAD:prompt-templates"),
      registry: "prompt-templates",
    });
    expect(bundle.state.map(({ path, text }) => [`prompt-templates/${path}`, text])).toEqual(
      Object.entries(storyFiles).filter(([path]) => path.endsWith("promptsync.yaml")),
    );
    for (const { text = "", digest } of bundle.versions) expect(digestOf(text)).toBe(digest);
  });

  test("is every version when that is asked for, in their order", async () => {
    const bundle = await bundleOf(desk, "--all --every-version");
    expect(idsOf(bundle).filter((id) => id.startsWith("welcome"))).toEqual([
      "welcome@1.0.0",
      "welcome@1.1.0",
      "welcome@1.10.0",
    ]);
    expect(idsOf(bundle)).toHaveLength(12);
    expect(bundle.others).toEqual([]);
  });

  test("is the prompts that were named and what they include, with the state as it is stored", async () => {
    const bundle = await bundleOf(desk, "refund");
    expect(new Set(bundle.versions.map(({ name }) => name))).toEqual(new Set(["refund", "tone", "voice"]));
    expect(idsOf(bundle)).toContain("voice@1.0.0");
    expect(idsOf(bundle)).not.toContain("tone@1.0.0"); // served, and not asked for
    expect(bundle.state.map(({ path }) => path)).toEqual(["promptsync.yaml"]);
  });

  test("has equal bytes for equal commits, and fits the published schema", async () => {
    const validate = new Ajv2020({ allowUnionTypes: true }).compile(bundleSchema);
    const first = (await desk.done("export --all")).stdout;
    expect((await desk.done("export --all")).stdout).toBe(first);
    expect(first.endsWith("]}\n")).toBe(true);
    expect(validate(JSON.parse(first))).toBe(true);
    await desk.done("export --all --format split --out ../schema");
    expect(validate(JSON.parse(desk.read("../schema/index.json")))).toBe(true);
  });

  test("is what is committed: other edits are refused, unless a commit is named", async () => {
    const shop = createDesk({ files: storyFiles });
    const before = (await shop.done("export --all")).stdout;
    shop.write({ "prompt-templates/voice/3.0.0.md": "---\nname: voice\n---\nHi.\n", "notes.md": "hi\n" });
    expect(await shop.refusal("export --all")).toMatchObject({
      code: "UNCOMMITTED_CHANGES",
      exitCode: 2,
      file: "prompt-templates/voice/3.0.0.md",
    });
    expect((await shop.done("export --all --at HEAD")).stdout).toBe(before);
    shop.setDate("2026-02-01T00:00:00Z");
    shop.commit("a voice");
    expect((await bundleOf(shop, "voice")).others).toMatchObject([{ versions: ["1.0.0", "1.1.0", "3.0.0"] }]);
    expect((await shop.done("export --all --at 2026-01-15")).stdout).toBe(before);
  });

  test("comes out of a bare repository too", async () => {
    const shop = createDesk({ files: storyFiles });
    shop.git("clone", "--quiet", "--bare", ".", "../shop.git");
    const { stdout } = await shop.done("-C ../shop.git export --all");
    expect(stdout).toBe((await shop.done("export --all")).stdout);
  });
});

describe("a refusal", () => {
  test("of a question that is none", async () => {
    expect(await desk.refusal("export")).toMatchObject({ code: "USAGE", exitCode: 2 });
    expect(await desk.refusal("export --all refund")).toMatchObject({ code: "USAGE" });
    expect(await desk.refusal("export --all --format split")).toMatchObject({ code: "USAGE" });
    expect(await desk.refusal("export refnd")).toMatchObject({ code: "PROMPT_NOT_FOUND" });
    expect(await desk.refusal("export --all --at gone")).toMatchObject({ code: "REVISION_NOT_FOUND" });
    expect(await createDesk({ files: { "a.md": "a\n" } }).refusal("export --all")).toMatchObject({
      code: "NOT_INITIALIZED",
    });
  });

  test("of a broken version that is served; one that nothing serves goes along as it is", async () => {
    const shop = createDesk({ files: storyFiles });
    shop.write({
      "prompt-templates/voice/1.1.0.md": "---\nname: [\n---\n",
      "prompt-templates/voice/1.2.0.md": Uint8Array.of(0xff),
    });
    shop.commit("broken");
    await shop.done("export --all");
    const { stdout, stderr } = await shop.done("export --all --every-version");
    expect(stderr).toContain("voice/1.1.0.md");
    expect((JSON.parse(stdout) as Document).others).toEqual([
      { name: "voice", group: "", versions: ["1.1.0", "1.2.0"] },
    ]);
    shop.write({ "prompt-templates/voice/1.0.0.md": "---\nname: [\n---\n" });
    shop.commit("broken where it matters");
    expect(await shop.refusal("export --all")).toMatchObject({
      code: "PROMPT_INVALID",
      file: "prompt-templates/voice/1.0.0.md",
    });
  });

  test("of a place that holds something else", async () => {
    const shop = createDesk({ files: storyFiles });
    shop.write({ "../notes.json": "{}\n", "../full/notes.md": "hi\n" });
    const before = shop.picture();
    expect(await shop.refusal("export --all --out ../notes.json")).toMatchObject({ code: "FILE_EXISTS" });
    expect(await shop.refusal("export --all --out ../full")).toMatchObject({ code: "FILE_EXISTS" });
    expect(await shop.refusal("export --all --format split --out ../full")).toMatchObject({
      code: "FILE_EXISTS",
    });
    expect(await shop.refusal("export --all --format split --out ../notes.json")).toMatchObject({
      code: "FILE_UNWRITABLE",
    });
    expect(await shop.refusal("types --out ../notes.json/prompts.d.ts")).toMatchObject({
      code: "FILE_UNWRITABLE",
      exitCode: 2,
    });
    expect(await shop.refusal("types --out /dev/null/prompts.d.ts")).toMatchObject({ exitCode: 2 });
    for (const out of ["prompt-templates", "prompt-templates/a.json", "./prompt-templates/tone/../b.json"])
      expect(await shop.refusal(`export --all --out ${out}`)).toMatchObject({ code: "PATH_UNSAFE" });
    expect(shop.read("../notes.json")).toBe("{}\n");
    expect(shop.picture()).toEqual(before);
  });

  test("of a folder in which a link leads elsewhere", async () => {
    const shop = createDesk({ files: storyFiles });
    await shop.done("export voice --every-version --format split --out ../out");
    shop.remove("../out/objects/sha256");
    shop.write({ "../elsewhere/a": "a\n" });
    symlinkSync("../../elsewhere", shop.path("../out/objects/sha256"));
    expect(await shop.refusal("export --all --format split --out ../out")).toMatchObject({
      code: "PATH_UNSAFE",
    });
    expect(shop.run("ls", ["../elsewhere"]).stdout).toBe("a\n");
  });
});

describe("where it goes", () => {
  test("to a file, in place of an earlier bundle, and says what it wrote", async () => {
    const shop = createDesk({ files: storyFiles });
    const first = await shop.ask("export --all --out ../dist/prompts.json");
    const text = shop.read("../dist/prompts.json");
    expect(first).toEqual({
      path: "../dist/prompts.json",
      format: "bundle",
      commit: shop.head(),
      prompts: 5,
      versions: 9,
      bytes: Buffer.byteLength(text),
      digest: digestOf(text),
      text: null,
    });
    await shop.done("export voice --every-version --out ../dist/prompts.json");
    expect(shop.read("../dist/prompts.json")).not.toBe(text);
    expect(shop.run("ls", ["-A", "../dist"]).stdout).toBe("prompts.json\n");
    expect((await shop.done("export --all --out ../dist/prompts.json")).stdout).toContain(
      "5 prompts, 9 versions",
    );
  });

  test("to the output without a file, also as `-`, and into the document of `--json`", async () => {
    const { stdout } = await desk.done("export --all --out -");
    expect(await desk.ask("export --all")).toMatchObject({
      path: null,
      text: stdout,
      digest: digestOf(stdout),
    });
  });

  test("to a folder: texts by their digests, those of earlier exports kept, mended when they were changed", async () => {
    const shop = createDesk({ files: storyFiles });
    await shop.done("export --all --format split --out ../out");
    const list = (): string[] =>
      shop.run("find", ["../out", "-type", "f"]).stdout.trimEnd().split("\n").sort();
    const files = list();
    expect(files).toHaveLength(12); // the index, two state files, nine versions
    for (const file of files.filter((it) => it.includes("objects")))
      expect(file.endsWith(digestOf(shop.read(file)).slice("sha256:".length))).toBe(true);
    const object = files.find((it) => it.includes("objects")) ?? "";
    const whole = shop.read(object);
    shop.write({ [object]: "changed\n" });
    await shop.done("export voice --every-version --format split --out ../out");
    await shop.done("export --all --format split --out ../out");
    expect(shop.read(object)).toBe(whole);
    expect(list()).toHaveLength(13); // voice@1.1.0 stays
  });
});
