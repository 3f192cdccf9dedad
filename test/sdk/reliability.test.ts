import { renameSync, rmSync, writeFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { printBundle } from "../../src/core/bundle/print-bundle.js";
import { isPromptSyncError } from "../../src/core/errors.js";
import { digestOf } from "../../src/core/prompt-file/digest-of.js";
import { PromptManager } from "../../src/sdk/prompt-manager.js";
import type { PromptManagerOptions } from "../../src/sdk/manager-options.js";
import { createDesk } from "../support/desk.js";
import { createSandbox } from "../support/sandbox.js";
import { listen } from "../store/sources/serve.js";
import { registryFiles, testClock, version } from "./memory-source.js";

// The manager over real sources: folders, bundle files, and a server that misbehaves.

const cleanUp: (() => unknown)[] = [];
afterEach(() => Promise.all(cleanUp.splice(0).map((run) => run())));

const files = Object.fromEntries(
  Object.entries(registryFiles).map(([path, text]) => [`prompt-templates/${path}`, text]),
);

function managerOf(options: PromptManagerOptions): PromptManager {
  const prompts = new PromptManager(options);
  cleanUp.push(() => prompts.close());
  return prompts;
}

async function bundleText(): Promise<string> {
  return (await createDesk({ files }).done("export --all --format bundle")).stdout;
}

type Answer = (response: ServerResponse) => void;

/** A server with one document, whose behaviour a test changes, and that counts the requests. */
async function serverOf(first: Answer) {
  const served = { answer: first, requests: 0, address: "" };
  served.address = await listen((_, response) => {
    served.requests += 1;
    served.answer(response);
  });
  return served;
}

test("fifty callers who find it cold make one request", async () => {
  const text = await bundleText();
  const server = await serverOf((response) => setTimeout(() => response.end(text), 20));
  const prompts = managerOf({ source: { bundle: server.address } });
  const answers = await Promise.all(Array.from({ length: 50 }, () => prompts.getPrompt("welcome")));
  expect(new Set(answers.map(({ id }) => id))).toEqual(new Set(["welcome@1.0.0"]));
  expect(server.requests).toBe(1);
});

test.each<[string, (text: string) => Answer]>([
  ["answers 500", () => (response) => response.writeHead(500).end("no")],
  ["answers garbage", () => (response) => response.end("<html>Sign in</html>")],
  ["answers half of it", (text) => (response) => response.end(text.slice(0, text.length / 2))],
  [
    "breaks off in the middle",
    (text) => (response) => {
      response.writeHead(200, { "content-length": text.length }).write(text.slice(0, 100));
      setTimeout(() => response.destroy(), 5);
    },
  ],
  [
    "answers with a text that was changed",
    (text) => (response) => response.end(text.replace("Hello", "Hallo")),
  ],
  ["answers nothing at all", () => () => undefined],
])("a server that %s leaves the last good registry served, and says stale", async (_, misbehave) => {
  const text = await bundleText();
  const clock = testClock();
  const server = await serverOf((response) => response.end(text));
  const prompts = managerOf({ source: { bundle: server.address }, clock, timeout: 0.5 });
  const { explanation } = await prompts.getPrompt("welcome");
  expect(explanation.source).toBe("bundle");

  server.answer = misbehave(text);
  clock.pass(300_000);
  await expect(prompts.refresh()).rejects.toSatisfy(isPromptSyncError);
  const later = await prompts.getPrompt("welcome");
  expect(later.format({ customer: "Ada" })).toBe("Hello Ada");
  expect(later.explanation).toMatchObject({ source: "stale", ageMs: 300_000 });

  server.answer = (response) => response.end(text);
  await prompts.refresh();
  expect((await prompts.getPrompt("welcome")).explanation).toMatchObject({ source: "bundle", ageMs: 0 });
});

test("a folder that vanishes is served as it was, until it is back", async () => {
  const { path } = createSandbox({ files });
  const prompts = managerOf({ source: path("prompt-templates") });
  await prompts.prefetch();
  renameSync(path("prompt-templates"), path("away"));
  await expect(prompts.refresh()).rejects.toMatchObject({ code: "SOURCE_UNREACHABLE" });
  expect((await prompts.getPrompt("welcome")).explanation.source).toBe("stale");
  renameSync(path("away"), path("prompt-templates"));
  await prompts.refresh();
  expect((await prompts.getPrompt("welcome")).explanation.source).toBe("live");
});

test("half a state file changes nothing of what is served", async () => {
  const { path, read } = createSandbox({ files });
  const prompts = managerOf({ source: path("prompt-templates") });
  await prompts.prefetch();
  const state = path("prompt-templates/promptsync.yaml");
  writeFileSync(state, `${read("prompt-templates/promptsync.yaml").slice(0, -20)}    serve: "`);
  await expect(prompts.refresh()).rejects.toMatchObject({ code: "STATE_INVALID" });
  expect((await prompts.getPrompt("welcome")).id).toBe("welcome@1.0.0");
});

test("a wall clock that jumps a year changes neither age nor freshness", async () => {
  const { path } = createSandbox({ files });
  const clock = testClock();
  const prompts = managerOf({ source: path("prompt-templates"), clock });
  await prompts.prefetch();
  rmSync(path("prompt-templates"), { recursive: true });
  for (const year of [1, -2]) {
    clock.jump(year * 365 * 86_400_000);
    expect((await prompts.getPrompt("welcome")).explanation).toMatchObject({ source: "live", ageMs: 0 });
  }
});

test("whatever is asked, the answer is a prompt of the registry or an error of ours", async () => {
  const { path } = createSandbox({ files });
  const prompts = managerOf({ source: path("prompt-templates") });
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 40 }),
    fc.constantFrom(
      "welcome",
      "__proto__",
      "constructor",
      "../welcome",
      "welcome@",
      "@",
      "production",
      "^1",
      "",
    ),
  );
  const options = fc.record(
    {
      versionOrAlias: text,
      tenant: text,
      key: text,
      tags: fc.dictionary(text, text),
      scopes: fc.dictionary(text, text),
      flags: fc.dictionary(text, fc.boolean()),
    },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.constant("welcome"), text), options, async (name, asked) => {
      const { id } = await prompts.getPrompt(name, asked).catch((error: unknown) => {
        if (isPromptSyncError(error) && error.code !== "INTERNAL") return { id: error.code };
        throw error;
      });
      expect(id).toMatch(/^(welcome@(0\.9|1\.0|1\.1)\.0|[A-Z_]+)$/);
    }),
  );
});

test("a refresh of ten thousand prompts takes over the ten that changed, and others get their turn", async () => {
  const { path, write } = createSandbox({ repository: false });
  const source = { bundle: path("prompts.json") };
  write({ "prompts.json": bundleOfMany("Hello") });
  const prompts = managerOf({ source, timeout: 60 });
  await prompts.prefetch();
  expect(prompts.get("prompt-9").format()).toBe("Hello");

  write({ "prompts.json": bundleOfMany("Good day") });
  let turns = 0;
  const counting = setInterval(() => (turns += 1), 0);
  await prompts.refresh();
  clearInterval(counting);
  expect(turns).toBeGreaterThan(20);
  expect(prompts.get("prompt-9").format()).toBe("Good day");
  expect(prompts.get("prompt-10").format()).toBe("Hello");
});

/** Ten thousand prompts, of which the first ten say what is given. */
function bundleOfMany(body: string): string {
  const names = Array.from({ length: 10_000 }, (_, index) => `prompt-${String(index)}`);
  const blocks = names.map((name) => `  ${name}:\n    default: "1.0.0"\n`);
  const state = `schema: promptsync/v1\nprompts:\n${blocks.join("")}`;
  const versions = names.map((name, index) => {
    const text = version(name, "1.0.0", index < 10 ? body : "Hello");
    return { name, group: "", version: "1.0.0", digest: digestOf(text), text };
  });
  const nothing = "0".repeat(40);
  return printBundle(
    {
      catalog: { commit: nothing, date: "2026-01-01T00:00:00Z", tree: nothing, registry: "prompts" },
      state: [{ path: "promptsync.yaml", digest: digestOf(state), text: state }],
      versions,
      others: [],
    },
    "bundle",
  );
}
