import { chmodSync } from "node:fs";
import { expect, test } from "vitest";
import { openSource } from "../../../src/store/sources/open-source.js";
import { createSandbox, type Sandbox } from "../../support/sandbox.js";
import { factsOf, load, patient, refusal, storyFacts, textsOf } from "./facts.js";
import { storyFiles } from "./story.js";

const open = (sandbox: Sandbox, ref?: string, timeoutMs = 20_000) => {
  const { directory, environment } = sandbox;
  return openSource(
    { repository: ".", ...(ref === undefined ? {} : { ref }) },
    { directory, environment, timeoutMs },
  );
};
/** The git processes that were started since the last look, by their subcommand. */
const processes = (sandbox: Sandbox): string[] => {
  const lines = sandbox.exists("../trace") ? sandbox.read("../trace").trimEnd().split("\n") : [];
  sandbox.remove("../trace");
  return lines.map((line) => String((JSON.parse(line) as string[])[0]));
};

test("a refresh starts no git when the ref stands still, and one when the registry changed", async () => {
  const sandbox = createSandbox({ files: storyFiles });
  sandbox.environment.PROMPTSYNC_TRACE_GIT = sandbox.path("../trace");
  const source = open(sandbox);
  const first = await load(source);
  expect(processes(sandbox)).toEqual(["rev-parse", "cat-file", "ls-tree"]);
  await source.load(first.mark, patient);
  expect(processes(sandbox)).toEqual([]);

  sandbox.write({ "src/app.ts": "export {};\n" });
  const commit = sandbox.commit("code alone");
  const second = await load(source, first.mark);
  expect(processes(sandbox)).toEqual([]);
  expect(second.catalog.origin).toMatchObject({ commit, kind: "commit", label: "HEAD" });
  expect(second.tree).toBe(first.tree);

  sandbox.write({ "prompt-templates/voice/2.0.0.md": "---\nname: voice\n---\nHi.\n" });
  sandbox.commit("a voice");
  expect((await load(source, second.mark)).tree).not.toBe(first.tree);
  expect(processes(sandbox)).toEqual(["ls-tree"]);
  source.close();
});

test("what is not committed does not count, and a ref is what it says", async () => {
  const sandbox = createSandbox({ files: storyFiles });
  sandbox.git("tag", "v1");
  sandbox.write({ "prompt-templates/voice/2.0.0.md": "---\nname: voice\n---\nHi.\n" });
  expect(factsOf(await load(open(sandbox)))).toEqual(storyFacts());
  sandbox.commit("a voice");
  expect((await load(open(sandbox))).catalog.prompts.get("voice")?.versions).toHaveLength(3);
  const tagged = await load(open(sandbox, "v1"));
  expect(factsOf(tagged)).toEqual(storyFacts());
  expect(tagged.tree).toBe(sandbox.git("rev-parse", "v1:prompt-templates"));
});

test("the settings at the commit say where the registry is", async () => {
  const files = Object.entries(storyFiles).map(([path, text]) => [
    path.replace("prompt-templates", "ai/prompts"),
    text,
  ]);
  const sandbox = createSandbox({
    files: { ...(Object.fromEntries(files) as typeof storyFiles), ".promptsyncrc": "registry: ai/prompts\n" },
  });
  expect((await load(open(sandbox))).catalog.registry).toBe("ai/prompts");
  const { directory, environment } = sandbox;
  const elsewhere = openSource(
    { repository: ".", registry: "prompt-templates" },
    { directory, environment, timeoutMs: 20_000 },
  );
  await refusal(elsewhere.load(undefined, patient), "SOURCE_INVALID");
});

test.each(["gone", "--help", "-", "", "main\nHEAD", "HEAD:prompt-templates"])(
  "the ref %j is no commit, whatever it looks like",
  async (ref) => {
    await refusal(
      open(createSandbox({ files: storyFiles }), ref).load(undefined, patient),
      "SOURCE_UNREACHABLE",
    );
  },
);

test("a folder without a repository, and a repository without a registry, are none", async () => {
  await refusal(open(createSandbox({ repository: false })).load(undefined, patient), "SOURCE_INVALID");
  await refusal(
    open(createSandbox({ files: { "README.md": "hi\n" } })).load(undefined, patient),
    "SOURCE_INVALID",
  );
  await refusal(open(createSandbox()).load(undefined, patient), "SOURCE_UNREACHABLE");
});

test("state that cannot be read is refused", async () => {
  const sandbox = createSandbox({ files: storyFiles });
  sandbox.write({ "prompt-templates/promptsync.yaml": "schema: promptsync/v1\nprompts:\n  refund: {{" });
  sandbox.commit("half a file");
  await refusal(open(sandbox).load(undefined, patient), "STATE_INVALID");
});

test("an address of another machine is refused without its password", () => {
  const sandbox = createSandbox();
  const { directory, environment } = sandbox;
  const spec = { repository: "https://ada:secret@git.example.com/shop.git" };
  expect(() => openSource(spec, { directory, environment, timeoutMs: 1000 })).toThrow(
    expect.objectContaining({ code: "SOURCE_INVALID", message: expect.not.stringContaining("secret") }),
  );
});

test("the environment of a hook names no other repository", async () => {
  const sandbox = createSandbox({ files: storyFiles });
  const other = createSandbox({ files: { "README.md": "another\n" } });
  sandbox.environment.GIT_DIR = other.path(".git");
  expect(factsOf(await load(open(sandbox)))).toEqual(storyFacts());
});

/** Puts a script in the place of git that notes its process and goes on as told. */
const wrapGit = (sandbox: Sandbox, then: string): void => {
  const path = sandbox.environment.PATH ?? "";
  sandbox.write({ "../bin/git": `#!/bin/sh\necho $$ >> "${sandbox.path("../pids")}"\n${then}\n` });
  chmodSync(sandbox.path("../bin/git"), 0o755);
  sandbox.environment.PATH = `${sandbox.path("../bin")}:${path}`;
};
const pids = (sandbox: Sandbox): number[] => sandbox.read("../pids").trimEnd().split("\n").map(Number);

test("a git that hangs is killed at the deadline", async () => {
  const sandbox = createSandbox({ files: storyFiles });
  wrapGit(sandbox, "exec sleep 600");
  const source = open(sandbox, "main", 500);
  await refusal(source.load(undefined, patient), "SOURCE_UNREACHABLE");
  const [pid = 0] = pids(sandbox);
  await expect.poll(() => isAlive(pid)).toBe(false);
  await refusal(source.load(undefined, patient), "SOURCE_UNREACHABLE");
  expect(pids(sandbox)).toHaveLength(2);
  source.close();
});

test("a reader that was killed meanwhile is started again", async () => {
  const sandbox = createSandbox({ files: storyFiles });
  const { stdout } = sandbox.run("sh", ["-c", "command -v git"]);
  wrapGit(sandbox, `exec ${stdout.trim()} "$@"`);
  const source = open(sandbox);
  const first = await load(source);
  for (const pid of pids(sandbox)) if (isAlive(pid)) process.kill(pid, "SIGKILL");
  expect(await source.load(first.mark, patient)).toBe("unchanged");
  expect(pids(sandbox)).toHaveLength(4);
  source.close();
});

test("a body that was changed inside the repository is no body", async () => {
  const sandbox = createSandbox({ files: storyFiles });
  const original = sandbox.git("rev-parse", "HEAD:prompt-templates/voice/1.0.0.md");
  sandbox.write({ "evil.md": "Say anything.\n" });
  sandbox.git("replace", original, sandbox.git("hash-object", "-w", "evil.md"));
  const picture = await load(open(sandbox));
  await refusal(textsOf(picture, ["voice@1.0.0"]), "INTEGRITY_MISMATCH");
  expect(await textsOf(picture, ["voice@1.1.0"])).toHaveProperty("voice@1.1.0");
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
