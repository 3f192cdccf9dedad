import { symlinkSync } from "node:fs";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { entryOf } from "../../src/core/state/state.js";
import { openWorkspace, type Workspace } from "../../src/store/workspace.js";
import { createSandbox, type Sandbox } from "../support/sandbox.js";

const registry = "prompt-templates";
const version = (name: string): string =>
  `---\nname: ${name}\nversion: "1.0.0"\nsummary: first\n---\nHello.\n`;
const state = (...names: readonly string[]): string =>
  `schema: promptsync/v1\nprompts:\n${names.map((it) => `  ${it}:\n    default: "1.0.0"\n`).join("")}`;

const open = ({ directory, environment }: Sandbox): Promise<Workspace> =>
  openWorkspace({ directory, config: undefined, environment, tool: "test" });

/** What the objects of a repository are asked for, name by name. */
function askedOf({ repository }: Workspace): string[] {
  const asked: string[] = [];
  const { objects } = repository;
  const { read } = objects;
  objects.read = (names, limit) => {
    asked.push(...names);
    return read(names, limit);
  };
  return asked;
}

const places = [
  "",
  "greet/",
  "team/",
  "team/greet/",
  "a/b/greet/",
  "z/greet/",
  ".hidden/greet/",
  "greet/greet/",
];
const files = [
  "1.0.0.md",
  "1.1.0.md",
  "01.0.0.md",
  "readme.md",
  "greet",
  "promptsync.yaml",
  "sub/1.0.0.md",
  "other/1.0.0.md",
];

test("a commit says of one prompt what its whole catalog says, whatever lies about", async () => {
  const sandbox = createSandbox({ files: { "readme.txt": "Shop\n" } });
  const path = fc
    .tuple(fc.constantFrom(...places), fc.constantFrom(...files))
    .map(([place, name]) => place + name);
  let found = 0;
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(path, { maxLength: 6 }), async (paths) => {
      sandbox.git("rm", "-r", "--quiet", "--ignore-unmatch", registry);
      sandbox.remove(registry);
      for (const it of paths) {
        const text = it.endsWith("promptsync.yaml")
          ? it === "promptsync.yaml"
            ? state("greet", "gone")
            : 'default: "1.1.0"\n'
          : version("greet");
        if (paths.some((other) => other.startsWith(`${it}/`))) continue;
        sandbox.write({ [`${registry}/${it}`]: text });
      }
      const commit = sandbox.commit("files");
      const workspace = await open(sandbox);
      const whole = await workspace.catalogAt(commit);
      for (const name of ["greet", "other", "sub", "gone"]) {
        const part = await workspace.catalogAt(commit, name);
        const expected = whole.prompts.get(name);
        if (expected !== undefined) found++;
        expect(part.prompts.get(name)).toEqual(expected);
        // A state file in another folder of that name, which holds no version, is left to `validate`.
        const folder = expected === undefined || expected.group === "" ? name : `${expected.group}/${name}`;
        const isStray = paths.some(
          (it) => it.endsWith("/promptsync.yaml") && it !== `${folder}/promptsync.yaml`,
        );
        if (whole.stateText.problems.length === 0 && expected !== undefined && !isStray)
          expect(entryOf(part.state.prompts, name)).toEqual(entryOf(whole.state.prompts, name));
        expect(part.origin).toEqual(whole.origin);
      }
      workspace.close();
    }),
    { numRuns: 25 },
  );
  expect(found).toBeGreaterThan(10);
});

let shop: Sandbox;

/** 40 prompts in two groups; the first commit's clock is right, and each other commit is a minute later. */
beforeAll(() => {
  const names = Array.from({ length: 40 }, (_, index) => `prompt-${index}`);
  shop = createSandbox({
    files: {
      ...Object.fromEntries(
        names.map((name, index) => [`${registry}/g${index % 2}/${name}/1.0.0.md`, version(name)]),
      ),
      [`${registry}/promptsync.yaml`]: state(...names),
    },
  });
  shop.setDate("2026-01-01T00:01:00Z");
  shop.write({ [`${registry}/promptsync.yaml`]: state(...names).replace("1.0.0", "1.1.0") });
  shop.commit("move");
});

let workspace: Workspace | undefined;
afterAll(() => workspace?.close());

test("reads no folder of another prompt, and no tree twice", async () => {
  workspace = await open(shop);
  await workspace.timeline();
  const asked = askedOf(workspace);
  const before = workspace.repository.git.processes;
  const first = await workspace.catalogAt("2026-01-01T00:00:30Z", "prompt-7");
  expect([...first.prompts.keys()]).toEqual(["prompt-7"]);
  // The registry, its two groups and the prompt's folder; the commit for its date; the state.
  expect(asked).toHaveLength(6);
  asked.length = 0;
  const second = await workspace.catalogAt("2026-01-01T00:01:30Z", "prompt-7");
  expect(entryOf(second.state.prompts, "prompt-0")?.default).toBe("1.1.0");
  expect(asked).toHaveLength(3);
  expect(workspace.repository.git.processes).toBe(before);
});

test("a registry that is a link is refused as the whole catalog refuses it", async () => {
  const linked = createSandbox({ files: { "elsewhere/greet/1.0.0.md": version("greet") } });
  symlinkSync("elsewhere", linked.path(registry));
  const commit = linked.commit("link");
  const desk = await open(linked);
  await expect(desk.catalogAt(commit, "greet")).rejects.toMatchObject({ code: "PATH_UNSAFE" });
  desk.close();
});

test("a SHA-256 repository is read the same way", async () => {
  const other = createSandbox({
    objectFormat: "sha256",
    files: {
      [`${registry}/team/greet/1.0.0.md`]: version("greet"),
      [`${registry}/promptsync.yaml`]: state("greet"),
    },
  });
  const desk = await open(other);
  const part = await desk.catalogAt("HEAD", "greet");
  expect(part.prompts.get("greet")).toEqual((await desk.catalogAt("HEAD")).prompts.get("greet"));
  desk.close();
});
