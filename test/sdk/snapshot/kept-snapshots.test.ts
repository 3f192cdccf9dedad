import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { PromptManager } from "../../../src/sdk/prompt-manager.js";
import type { PromptManagerOptions } from "../../../src/sdk/manager-options.js";
import { createSandbox, type Sandbox } from "../../support/sandbox.js";
import { registryFiles, testClock, version } from "../memory-source.js";

const hour = 3_600_000;

const open: PromptManager[] = [];
afterEach(() => Promise.all(open.splice(0).map((manager) => manager.close())));

/** A repository whose production greets with an included tone. */
function repository(): Sandbox {
  const files = {
    ...registryFiles,
    "welcome/1.0.0.md": version("welcome", "1.0.0", 'Hello {{ customer }}{% include "tone@1.0.0" %}'),
    "tone/1.0.0.md": version("tone", "1.0.0", ", kindly"),
  };
  return createSandbox({
    files: Object.fromEntries(
      Object.entries(files).map(([path, text]) => [`prompt-templates/${path}`, text]),
    ),
  });
}

/** A manager as a process that has just started has it; its wall clock is the machine's, moved on by a test. */
function startIn(sandbox: Sandbox, options: PromptManagerOptions = {}) {
  const clock = testClock();
  clock.jump(Date.now() - clock.wall());
  const prompts = new PromptManager({
    source: { repository: sandbox.directory },
    cacheDir: join(sandbox.root, "cache"),
    clock,
    ...options,
  });
  open.push(prompts);
  return { prompts, clock, cacheDir: join(sandbox.root, "cache") };
}

const kept = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];

/** Starts once, waits until its registry is on disk, and takes the repository away. */
async function afterTheSourceIsGone(): Promise<Sandbox> {
  const sandbox = repository();
  const { prompts, cacheDir } = startIn(sandbox);
  await prompts.getPrompt("welcome");
  await expect.poll(() => kept(cacheDir)).toHaveLength(1);
  renameSync(sandbox.directory, `${sandbox.directory}-gone`);
  return sandbox;
}

test("a process that starts while the source is gone serves the last good registry, with its includes", async () => {
  const sandbox = await afterTheSourceIsGone();
  const { prompts, clock } = startIn(sandbox);
  clock.jump(2 * hour);
  const prompt = await prompts.getPrompt("welcome");
  expect(prompt.format({ customer: "Ada" })).toBe("Hello Ada, kindly");
  expect(prompt.explanation.source).toBe("stale");
  expect(prompt.explanation.ageMs).toBeGreaterThanOrEqual(2 * hour - 60_000);
  expect(prompt.explanation.catalog.commit).toMatch(/^[0-9a-f]{40}$/);
});

test("ranges and errors mean the same, because the numbers of all versions are kept", async () => {
  const { prompts } = startIn(await afterTheSourceIsGone());
  expect((await prompts.getPrompt("welcome@^1.0")).id).toBe("welcome@1.1.0");
  // Its text was not kept, and the source is asked for it in vain.
  await expect(prompts.getPrompt("welcome@0.9.0")).rejects.toMatchObject({ code: "SOURCE_UNREACHABLE" });
  await expect(prompts.getPrompt("welcome@9.0.0")).rejects.toMatchObject({ code: "VERSION_NOT_FOUND" });
});

test("a text that was not kept is asked of the source after a restart", async () => {
  const sandbox = repository();
  const first = startIn(sandbox);
  await first.prompts.getPrompt("welcome");
  await first.prompts.close();
  expect(kept(first.cacheDir)).toHaveLength(1); // closing waits for the disk
  const { prompts } = startIn(sandbox);
  expect((await prompts.getPrompt("welcome@0.9.0")).format({ customer: "Ada" })).toBe("Old hello Ada");
  expect((await prompts.diff("welcome", "0.9.0", "1.0.0")).hunks).toHaveLength(1);
});

test("two registries that are called the same are kept apart", async () => {
  const [one, other] = [repository(), repository()];
  other.write({ "prompt-templates/tone/1.0.0.md": version("tone", "1.0.0", ", rudely") });
  other.commit("tone");
  const cacheDir = join(one.root, "cache");
  for (const [sandbox, text] of [
    [one, "Hello Ada, kindly"],
    [other, "Hello Ada, rudely"],
  ] as const) {
    const { prompts } = startIn(sandbox, {
      cacheDir,
      directory: sandbox.directory,
      source: { repository: "." },
    });
    expect((await prompts.getPrompt("welcome")).format({ customer: "Ada" })).toBe(text);
    await prompts.close();
  }
  expect(kept(cacheDir)).toHaveLength(2);
});

test("a file that another process put in its place is not confirmed, but written anew", async () => {
  const sandbox = repository();
  const { prompts, cacheDir } = startIn(sandbox);
  await prompts.getPrompt("welcome");
  await expect.poll(() => kept(cacheDir)).toHaveLength(1);
  const file = join(cacheDir, kept(cacheDir)[0] ?? "");
  writeFileSync(`${file}.other`, "{}");
  renameSync(`${file}.other`, file);
  await prompts.refresh();
  await expect.poll(() => readFileSync(file, "utf8")).toContain("kindly");
});

test("files that other processes take away while room is made are no trouble", async () => {
  const { prompts, cacheDir } = startIn(repository());
  mkdirSync(cacheDir);
  // What a listing names and nobody finds any more.
  for (const name of [`.promptsync-${"a".repeat(16)}.tmp`, `promptsync-${"b".repeat(32)}.json`])
    symlinkSync(join(cacheDir, "gone"), join(cacheDir, name));
  const heard: string[] = [];
  prompts.on("unkept", () => heard.push("unkept"));
  await prompts.getPrompt("welcome");
  await prompts.close();
  expect(kept(cacheDir)).toHaveLength(2);
  expect(heard).toEqual([]);
});

test("a young file spares the first caller the wait, and the source is asked behind", async () => {
  const sandbox = repository();
  const first = startIn(sandbox);
  await first.prompts.getPrompt("welcome");
  await expect.poll(() => kept(first.cacheDir)).toHaveLength(1);
  const { prompts, clock } = startIn(sandbox);
  clock.jump(hour / 2);
  expect((await prompts.getPrompt("welcome")).explanation.source).toBe("stale");
  await expect.poll(async () => (await prompts.getPrompt("welcome")).explanation.source).toBe("live");
});

test("the blocking strategy asks the source first, and an old file is no reason not to", async () => {
  const sandbox = repository();
  const first = startIn(sandbox);
  await first.prompts.getPrompt("welcome");
  await expect.poll(() => kept(first.cacheDir)).toHaveLength(1);
  for (const [later, refreshStrategy] of [
    [hour / 2, "blocking"],
    [2 * hour, "background"],
  ] as const) {
    const { prompts, clock } = startIn(sandbox, { cacheStrategy: { refreshStrategy } });
    clock.jump(later);
    expect((await prompts.getPrompt("welcome")).explanation.source).toBe("live");
  }
});

test("a file from the future, and one that is older than maxStale, are not trusted", async () => {
  const sandbox = await afterTheSourceIsGone();
  for (const jump of [-2 * hour, 2 * hour]) {
    const { prompts, clock } = startIn(sandbox, { cacheStrategy: { maxStale: 3600 } });
    clock.jump(jump);
    await expect(prompts.getPrompt("welcome")).rejects.toMatchObject({ code: "SOURCE_UNREACHABLE" });
  }
});

test.for([
  ["half of it", (text: string) => text.slice(0, text.length / 2)],
  ["nothing", () => ""],
  ["a text that was changed", (text: string) => text.replace("kindly", "rudely")],
  ["somebody else's", () => "{}"],
] as const)("a kept file that holds %s is not served", async ([, damage]) => {
  const sandbox = await afterTheSourceIsGone();
  const folder = join(sandbox.root, "cache");
  const file = join(folder, kept(folder)[0] ?? "");
  writeFileSync(file, damage(readFileSync(file, "utf8")));
  const { prompts, clock } = startIn(sandbox);
  await expect(prompts.getPrompt("welcome")).rejects.toMatchObject({ code: "SOURCE_UNREACHABLE" });
  renameSync(`${sandbox.directory}-gone`, sandbox.directory);
  clock.pass(1000); // it is asked again after a second
  await prompts.getPrompt("welcome");
  await expect.poll(() => readFileSync(file, "utf8")).toContain("kindly");
});

test.for([
  ["that is a file", (folder: string) => writeFileSync(folder, "")],
  [
    "that may not be written",
    (folder: string) => mkdirSync(join(folder, "x"), { recursive: true, mode: 0o500 }),
  ],
] as const)("a folder %s is no trouble of the application, and is told", async ([what, spoil]) => {
  const sandbox = repository();
  const folder = join(sandbox.root, "cache");
  spoil(folder);
  // Root may write everywhere: for it the folder is one that cannot be made.
  const cacheDir = what === "that is a file" ? folder : join(folder, "x", "\0");
  const { prompts } = startIn(sandbox, { cacheDir });
  const heard: string[] = [];
  prompts.on("unkept", () => heard.push("unkept"));
  expect((await prompts.getPrompt("welcome")).explanation.source).toBe("live");
  await expect.poll(() => heard).toEqual(["unkept"]);
  if (what !== "that is a file") chmodSync(join(folder, "x"), 0o700);
});

test("no more is kept than may be: neither of one source, nor of all together", async () => {
  const sandbox = repository();
  const small = startIn(sandbox, { cacheStrategy: { maxCacheSize: 100 } });
  const heard: string[] = [];
  small.prompts.on("unkept", () => heard.push("unkept"));
  await small.prompts.getPrompt("welcome");
  await expect.poll(() => heard).toEqual(["unkept"]);
  expect(readdirSync(small.cacheDir)).toEqual([]);

  const one = startIn(sandbox);
  await one.prompts.getPrompt("welcome");
  await expect.poll(() => kept(one.cacheDir)).toHaveLength(1);
  const size = readFileSync(join(one.cacheDir, kept(one.cacheDir)[0] ?? "")).length;
  const other = startIn(sandbox, {
    source: { repository: sandbox.directory, ref: "main" },
    cacheStrategy: { maxCacheSize: Math.floor(size * 1.5) },
  });
  const before = kept(one.cacheDir);
  await other.prompts.getPrompt("welcome");
  await expect.poll(() => kept(one.cacheDir)).not.toEqual(before);
  await expect.poll(() => kept(one.cacheDir)).toHaveLength(1);
});

test("two managers that share the folder leave one whole file and no draft", async () => {
  const sandbox = repository();
  const all = Array.from({ length: 8 }, () => startIn(sandbox));
  await Promise.all(all.map(({ prompts }) => prompts.getPrompt("welcome")));
  const folder = join(sandbox.root, "cache");
  await expect.poll(() => [readdirSync(folder).length, kept(folder).length]).toEqual([1, 1]);
  renameSync(sandbox.directory, `${sandbox.directory}-gone`);
  expect((await startIn(sandbox).prompts.getPrompt("welcome")).id).toBe("welcome@1.0.0");
});
