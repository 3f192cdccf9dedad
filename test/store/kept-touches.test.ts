import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { openRepository } from "../../src/store/git/repository.js";
import { readSnapshots } from "../../src/store/read-snapshots.js";
import { countCalls } from "../support/count-calls.js";
import { randomOf } from "../support/random.js";
import { createSandbox, type Sandbox } from "../support/sandbox.js";

const registry = "prompt-templates";
const home = `${registry}/promptsync.yaml`;
const kept = ".git/promptsync/cache/touches";
const names = ["a", "b", "c", "d"];

/** A state in which `c` may be broken, and `d` has a file of its own: what stands here of it is one too many. */
function stateText(random: ReturnType<typeof randomOf>, serve: Readonly<Record<string, number>>): string {
  const lines = Object.entries(serve).map(([name, minor]) => {
    const version = name === "c" && minor > 85 ? "[" : `"1.${minor}.0"`;
    return `  ${name}:\n    aliases:\n      production:\n        serve: ${version}\n`;
  });
  const project = random.below(80) === 0 ? `project:\n  default_alias: production\n` : "";
  const remark = random.below(40) === 0 ? `# ${random.below(5)}\n` : "";
  return `schema: promptsync/v1\n${project}${remark}prompts:\n${lines.join("")}`;
}

let sandbox: Sandbox;
beforeAll(() => {
  sandbox = createSandbox();
  const random = randomOf(11);
  const serve: Record<string, number> = { a: 0, b: 0, c: 0 };
  const files = new Map<string, string>(names.map((name) => [`${registry}/${name}/1.0.0.md`, "one"]));
  const stream = Array.from({ length: 1200 }, (_, index) => {
    const moved = names[random.below(40) === 0 ? 3 : random.below(3)] ?? "a";
    if (moved === "d" && serve.d !== undefined) delete serve.d;
    else serve[moved] = random.below(moved === "c" ? 90 : 9);
    files.set(home, stateText(random, serve));
    if (random.below(30) === 0) files.set(`${registry}/${random.of(names)}/1.${index}.0.md`, `at ${index}`);
    if (random.below(30) === 0)
      files.set(`${registry}/d/promptsync.yaml`, `schema: promptsync/v1\nowner: o${index}\n`);
    const written = [...files].map(
      ([path, text]) => `M 100644 inline ${path}\ndata ${text.length}\n${text}\n`,
    );
    files.clear();
    return `commit refs/heads/main\ncommitter Ada <ada@example.com> ${1_700_000_000 + index * 60} +0000\ndata 4\nmove\n${written.join("")}`;
  });
  const { status, stderr } = sandbox.run("git", ["fast-import", "--quiet"], { input: stream.join("") });
  if (status !== 0) throw new Error(stderr);
  sandbox.git("reset", "--quiet", "--hard");
});

/** What the commits made of a prompt, as a trace sees it: with the first commit of those that made the same of it. */
async function told(prompt: string): Promise<readonly string[]> {
  const { environment, directory } = sandbox;
  const repository = await openRepository(directory, { environment, cwd: directory });
  const from = sandbox.head() ?? "";
  const found: string[] = [];
  let last = "";
  const range = { from, registry, tool: "1", prompt, isAlone: true };
  for await (const { commit, catalog } of readSnapshots(repository, range)) {
    const { project, prompts } = catalog.state;
    const versions = catalog.prompts.get(prompt)?.versions.map(({ version }) => version);
    const problems = catalog.stateText?.problems.length;
    const made = JSON.stringify([project, prompts?.[prompt], versions, problems]);
    if (made !== last) found.push(`${commit.commit} ${made}`);
    last = made;
  }
  repository.close();
  return found;
}

const anew = async (prompt: string) => {
  rmSync(sandbox.path(kept), { force: true });
  return told(prompt);
};

test.each(
  names.flatMap((asked, at) => [asked, names[(at + 1) % 4] ?? ""].map((before) => [asked, before] as const)),
)("what is told of %s is the same, whatever was noted while %s was asked for", async (asked, before) => {
  const expected = await anew(asked);
  await anew(before);
  expect(await told(asked)).toEqual(expected);
  expect(expected.length).toBeGreaterThan(10);
});

test("the states of commits that touched other prompts alone are not read again", async () => {
  await anew("a");
  const first = await countCalls(["moveTo"], () => told("a"));
  await anew("b");
  expect(existsSync(sandbox.path(kept))).toBe(true);
  const again = await countCalls(["moveTo"], () => told("a"));
  expect(again.moveTo).toBeLessThan(first.moveTo * 1.1);
  rmSync(sandbox.path(kept));
  expect((await countCalls(["moveTo"], () => told("a"))).moveTo).toBeGreaterThan(first.moveTo * 1.5);
});

test("what was kept is not believed once it is damaged, or parents may be others", async () => {
  const expected = await anew("a");
  const text = readFileSync(sandbox.path(kept), "utf8");
  writeFileSync(sandbox.path(kept), text.replaceAll('"a",', '"b",'));
  expect(await told("a")).toEqual(expected);
  writeFileSync(sandbox.path(kept), text);
  sandbox.git("replace", "--graft", "HEAD~3");
  const { mtimeMs } = statSync(sandbox.path(kept));
  await told("a");
  expect(statSync(sandbox.path(kept)).mtimeMs).toBe(mtimeMs);
  sandbox.git("replace", "-d", sandbox.git("rev-parse", "HEAD~3").trim());
});

test("a commit behind others that were not read is not said to spare what it took back", async () => {
  const move = (served: Readonly<Record<string, number>>): string => {
    const blocks = Object.entries(served).map(
      ([name, minor]) => `  ${name}:\n    aliases:\n      production:\n        serve: "1.${minor}.0"\n`,
    );
    sandbox.write({ [home]: `schema: promptsync/v1\nprompts:\n${blocks.join("")}` });
    return sandbox.commit("move");
  };
  move({ a: 0, b: 0 });
  move({ a: 0, b: 1 });
  await anew("a");
  const both = move({ a: 1, b: 0 });
  await told("a"); // the commit before it is spared
  const found = await told("b");
  expect(found.at(-1)).toContain(both);
  expect(found).toEqual(await anew("b"));
});
