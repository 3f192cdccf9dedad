import { appendFileSync, mkdirSync, symlinkSync, truncateSync } from "node:fs";
import { expect, test } from "vitest";
import { openSource } from "../../../src/store/sources/open-source.js";
import { createSandbox, type Sandbox } from "../../support/sandbox.js";
import { factsOf, load, patient, refusal, storyFacts, textsOf } from "./facts.js";
import { storyFiles } from "./story.js";

const folder = (files: Readonly<Record<string, string>> = storyFiles): Sandbox => {
  const sandbox = createSandbox({ repository: false });
  sandbox.write(files);
  return sandbox;
};
const open = ({ directory }: Sandbox, path = "prompt-templates") =>
  openSource(path, { directory, environment: {}, timeoutMs: 20_000 });

test("a folder needs no git: none can be found, none is started", async () => {
  const picture = await load(open(folder()));
  expect(factsOf(picture)).toEqual(storyFacts());
  expect(picture.tree).toBeNull();
  expect(picture.catalog.origin).toEqual({
    kind: "folder",
    commit: null,
    date: null,
    label: "prompt-templates",
  });
});

test("a folder can be named by its file address", async () => {
  const sandbox = folder();
  expect(factsOf(await load(open(sandbox, `file://${sandbox.path("prompt-templates")}`)))).toEqual(
    storyFacts(),
  );
});

test("what is no registry is refused", async () => {
  const sandbox = folder({ "empty/README.md": "hi\n", "file.txt": "hi\n" });
  await refusal(open(sandbox, "empty").load(undefined, patient), "SOURCE_INVALID");
  await refusal(open(sandbox, "file.txt").load(undefined, patient), "SOURCE_INVALID");
  await refusal(open(sandbox, "gone").load(undefined, patient), "SOURCE_UNREACHABLE");
  expect(() => open(sandbox, "")).toThrow(expect.objectContaining({ code: "SOURCE_INVALID" }));
  for (const elsewhere of ["s3://bucket/prompts", "git@github.com:shop/prompts.git"])
    expect(() => open(sandbox, elsewhere)).toThrow(expect.objectContaining({ code: "SOURCE_INVALID" }));
  for (const odd of [5, {}, { repository: 5 }, []])
    expect(() => open(sandbox, odd as never)).toThrow(expect.objectContaining({ code: "SOURCE_INVALID" }));
});

test("a repository is no registry, and the hint names its registry", async () => {
  const sandbox = folder({ ...storyFiles, ".promptsyncrc": "owner: me\n" });
  await expect(open(sandbox, ".").load(undefined, patient)).rejects.toMatchObject({
    code: "SOURCE_INVALID",
    hint: 'name its registry, such as `prompt-templates`, or the repository: `{ repository: "." }`',
  });
});

test("a version without any state is enough", async () => {
  const sandbox = folder({
    "prompt-templates/tone/1.0.0.md": storyFiles["prompt-templates/tone/1.0.0.md"] ?? "",
  });
  expect((await load(open(sandbox))).catalog.prompts.has("tone")).toBe(true);
});

test("no link is followed: not of a version, not of a folder, not of the state", async () => {
  const sandbox = folder();
  sandbox.write({ "secret/1.0.0.md": "secret\n", "secret.yaml": "schema: promptsync/v1\n" });
  symlinkSync("../../secret/1.0.0.md", sandbox.path("prompt-templates/tone/3.0.0.md"));
  symlinkSync("../secret", sandbox.path("prompt-templates/secret"));
  const picture = await load(open(sandbox));
  expect(picture.catalog.prompts.get("tone")?.versions).toHaveLength(2);
  expect(picture.catalog.prompts.has("secret")).toBe(false);
  expect(picture.catalog.problems.map(({ rule }) => rule)).toEqual([
    "layout-path-invalid",
    "layout-path-invalid",
  ]);

  sandbox.remove("prompt-templates/promptsync.yaml");
  symlinkSync("../secret.yaml", sandbox.path("prompt-templates/promptsync.yaml"));
  await refusal(open(sandbox).load(undefined, patient), "SOURCE_INVALID");
});

test("a version that is a link by the time it is read is refused", async () => {
  const sandbox = folder();
  const picture = await load(open(sandbox));
  sandbox.write({ secret: "secret\n" });
  sandbox.remove("prompt-templates/tone/1.0.0.md");
  symlinkSync("../../secret", sandbox.path("prompt-templates/tone/1.0.0.md"));
  await refusal(textsOf(picture, ["tone@1.0.0"]), "FILE_UNREADABLE");
});

test("a half-written version is a problem of that version, until the next refresh", async () => {
  const sandbox = folder();
  const path = sandbox.path("prompt-templates/tone/1.0.0.md");
  const whole = sandbox.read(path);
  truncateSync(path, 10);
  const source = open(sandbox);
  const half = await load(source);
  appendFileSync(path, whole.slice(10));
  await refusal(textsOf(half, ["tone@1.0.0"]), "FILE_UNREADABLE");
  expect(await textsOf(half, ["tone@1.1.0"])).toHaveProperty("tone@1.1.0");
  expect(await textsOf(await load(source, half.mark), ["tone@1.0.0"])).toEqual({ "tone@1.0.0": whole });
});

test("a version that is not UTF-8, or larger than a prompt, is refused alone", async () => {
  const sandbox = folder();
  sandbox.write({
    "prompt-templates/tone/2.0.0.md": Uint8Array.of(0xff, 0xfe),
    "prompt-templates/tone/3.0.0.md": "x".repeat((1 << 20) + 1),
  });
  const picture = await load(open(sandbox));
  await refusal(textsOf(picture, ["tone@2.0.0"]), "FILE_UNREADABLE");
  await refusal(textsOf(picture, ["tone@3.0.0"]), "FILE_UNREADABLE");
});

test("a registry that loses its state for a moment has not lost its aliases", async () => {
  const sandbox = folder();
  const source = open(sandbox);
  const { mark } = await load(source);
  sandbox.remove("prompt-templates/promptsync.yaml");
  await refusal(source.load(mark, patient), "SOURCE_UNREACHABLE");
  sandbox.write(storyFiles);
  expect(factsOf(await load(source))).toEqual(storyFacts());
});

test("state that cannot be read is refused", async () => {
  const sandbox = folder();
  sandbox.write({ "prompt-templates/promptsync.yaml": "schema: promptsync/v1\nprompts:\n  refund: {{" });
  await refusal(open(sandbox).load(undefined, patient), "STATE_INVALID");
});

test("dot-files and folders of other repositories are no part of it", async () => {
  const sandbox = folder();
  sandbox.write({ "prompt-templates/.cache/tone/9.0.0.md": "x\n", "prompt-templates/.DS_Store": "x" });
  const source = open(sandbox);
  const { mark } = await load(source);
  sandbox.write({ "prompt-templates/.DS_Store": "another" });
  expect(await source.load(mark, patient)).toBe("unchanged");
  mkdirSync(sandbox.path("prompt-templates/voice/.git"));
  expect((await load(source)).catalog.prompts.has("voice")).toBe(false);
});

test("others get their turn while ten thousand versions are walked", async () => {
  const files = Array.from({ length: 10_000 }, (_, index): [string, string] => [
    `prompt-templates/p${String(index % 1000)}/1.${String(Math.floor(index / 1000))}.0.md`,
    "---\nname: x\n---\nHi.\n",
  ]);
  const sandbox = folder(Object.fromEntries(files));
  const source = open(sandbox);
  let turns = 0;
  const count = (): void => {
    turns++;
    turn = setImmediate(count);
  };
  let turn = setImmediate(count);
  const { mark, catalog } = await load(source);
  expect(catalog.prompts.size).toBe(1000);
  expect(await source.load(mark, patient)).toBe("unchanged");
  clearImmediate(turn);
  expect(turns).toBeGreaterThan(100);
});
