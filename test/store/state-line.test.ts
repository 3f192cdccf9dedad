import { expect, test } from "vitest";
import { readState, type StateFile } from "../../src/core/state/read-state.js";
import { createStateReader } from "../../src/core/state/state-reader.js";
import { openRepository } from "../../src/store/git/repository.js";
import { readSnapshots } from "../../src/store/read-snapshots.js";
import { createStateLine } from "../../src/store/state-line.js";
import { createSandbox } from "../support/sandbox.js";

const registry = "prompt-templates";
const home = `${registry}/promptsync.yaml`;
const own = `${registry}/refund/promptsync.yaml`;

const block = (version: string, indent = ""): string =>
  `${indent}aliases:\n${indent}  production:\n${indent}    serve: "${version}"\n`;

const shop = (serve: Readonly<Record<string, string>>, more = ""): string =>
  `schema: promptsync/v1\nprompts:\n${Object.entries(serve)
    .map(([name, version]) => `  ${name}:\n${block(version, "    ")}`)
    .join("")}${more}`;

const flags = "flags:\n  concise:\n    owner: team\n    expires: 2026-12-15\n";

/** What happens to the registry's file, and to the one of `refund`; null takes it away. */
interface Step {
  readonly home?: string | null;
  readonly own?: string | null;
  /** The prompts that alone may have changed; undefined when the state has to be read as a whole. */
  readonly moved?: readonly string[];
}

const story: readonly Step[] = [
  { home: shop({ refund: "1.0.0", thanks: "1.0.0", welcome: "1.0.0" }) },
  { home: shop({ refund: "1.0.0", thanks: "1.0.0", welcome: "2.0.0" }), moved: ["welcome"] },
  { home: shop({ refund: "2.0.0", thanks: "1.0.0", welcome: "2.0.0" }), moved: ["refund"] },
  { moved: [] },
  { home: shop({ refund: "2.0.0", thanks: "1.0.0", welcome: "2.0.0" }, flags) },
  { home: shop({ refund: "3.0.0", thanks: "1.0.0", welcome: "2.0.0" }, flags), moved: ["refund"] },
  { home: shop({ thanks: "1.0.0", welcome: "2.0.0" }, flags), own: block("3.0.0") },
  { home: shop({ thanks: "2.0.0", welcome: "2.0.0" }, flags), moved: ["thanks"] },
  { own: block("4.0.0") },
  { home: shop({ refund: "1.0.0", thanks: "2.0.0", welcome: "2.0.0" }, flags) },
  { home: shop({ refund: "1.0.0", thanks: "3.0.0", welcome: "2.0.0" }, flags) },
  { own: null },
  { home: shop({ refund: "1.0.0", thanks: "3.0.0", welcome: "1.0.0" }, flags), moved: ["welcome"] },
  { home: shop({ refund: "1.0.0", thanks: "3.0.0", welcome: "[" }, flags).replace('"["', "[") },
  { home: shop({ refund: "2.0.0", thanks: "3.0.0", welcome: "[" }, flags).replace('"["', "[") },
  { home: shop({ refund: "2.0.0", thanks: "3.0.0", welcome: "1.0.0" }, flags) },
  { home: null },
  { own: block("1.0.0") },
];

test("from commit to commit the state is what reading its files as wholes says", () => {
  const line = createStateLine(home);
  const files = new Map<string, StateFile>();
  for (const [index, step] of story.entries()) {
    const changes = [
      { file: { path: home }, text: step.home },
      { file: { path: own, prompt: "refund" }, text: step.own },
    ].flatMap(({ file, text }) => (text === undefined ? [] : [{ ...file, text }]));
    for (const { text, ...file } of changes) {
      if (text === null) files.delete(file.path);
      else files.set(file.path, { ...file, text });
    }
    const bytes = changes.map((it) => ({ ...it, text: it.text === null ? null : Buffer.from(it.text) }));
    expect([index, line.step(bytes)]).toEqual([index, step.moved]);
    const [found, expected] = [line.now(), readState([...files.values()], home)];
    expect({ ...found.state }).toEqual({ ...expected.state });
    expect([found.problems, found.files]).toEqual([expected.problems, expected.files]);
    const entry = ["prompts", "refund", "aliases"];
    expect(found.locate(entry)).toEqual(expected.locate(entry));
  }
});

test("a state that is long reads one block for one that changed, and nothing for one that comes again", () => {
  const names = Array.from({ length: 300 }, (_, index) => `prompt-${index}`);
  const reader = createStateReader();
  const read = { cut: 0, blocks: 0 };
  const line = createStateLine(home, {
    ...reader,
    cut: (text) => (read.cut++, reader.cut(text)),
    blocks: (lines) => ((read.blocks += lines.split("  aliases:").length - 1), reader.blocks(lines)),
  });
  const serve = Object.fromEntries(names.map((name) => [name, "1.0.0"]));
  line.step([{ path: home, text: Buffer.from(shop(serve)) }]);
  for (let index = 0; index < 100; index++) {
    serve[`prompt-${index * 3}`] = "2.0.0";
    line.step([{ path: home, text: Buffer.from(shop(serve)) }]);
  }
  expect(read).toEqual({ cut: 1, blocks: 200 });
});

test("of one prompt, only the commits are told that may have changed something for it", async () => {
  const sandbox = createSandbox();
  const commit = (step: Step): void => {
    for (const [path, text] of [
      [home, step.home],
      [own, step.own],
    ] as const) {
      if (text === null) sandbox.remove(path);
      else if (text !== undefined) sandbox.write({ [path]: text });
    }
    sandbox.commit("change");
  };
  for (const step of story.slice(0, 9)) if (step.home !== undefined || step.own !== undefined) commit(step);
  const { environment, directory } = sandbox;
  const repository = await openRepository(directory, { environment, cwd: directory });
  const told = async (prompt?: string): Promise<(string | undefined)[]> => {
    const range = { from: sandbox.head() ?? "", registry, tool: "1" };
    const found: (string | undefined)[] = [];
    for await (const { catalog } of readSnapshots(
      repository,
      prompt === undefined ? range : { ...range, prompt },
    ))
      found.push(catalog.state.prompts?.["refund"]?.aliases?.["production"]?.serve);
    return found;
  };
  expect(await told()).toEqual(["1.0.0", "1.0.0", "2.0.0", "2.0.0", "3.0.0", "3.0.0", "3.0.0", "4.0.0"]);
  expect(await told("refund")).toEqual(["1.0.0", "2.0.0", "2.0.0", "3.0.0", "3.0.0", "4.0.0"]);
  expect(await told("nothing")).toEqual(["1.0.0", "2.0.0", "3.0.0", "4.0.0"]);
  repository.close();
});
