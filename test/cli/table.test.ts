import { describe, expect, test } from "vitest";
import { readCommandLine } from "../../src/cli/program.js";
import { operations } from "../../src/operations/index.js";
import { isOperation, type OperationEntry, type OperationTable } from "../../src/operations/table.js";

const table: OperationTable = operations;
const entries = Object.entries(table);
const commands = entries.filter((pair): pair is [string, OperationEntry] => isOperation(pair[1]));

/** The command lines of an example that are ours, with what a shell would put in reduced to one word. */
function ownLines(example: string): string[][] {
  const flat = example.replace(/\$\([^)]*\)/g, "substituted").replace(/<\([^)]*\)/g, "file");
  const inner = [...example.matchAll(/\(([^()]*)\)/g)].map(([, line = ""]) => line);
  return [flat, ...inner]
    .flatMap((line) => line.split(/\s(?:\||>|>>|&&|<)\s/))
    .map((line) => (line.match(/"[^"]*"|'[^']*'|\S+/g) ?? []).map((word) => word.replace(/^["']|["']$/g, "")))
    .filter(([program]) => program === "promptsync")
    .map((words) => words.slice(1));
}

describe.each(entries)("the entry of `%s`", (words, entry) => {
  test("has an imperative summary on one line without a full stop", () => {
    expect(entry.summary).toMatch(/^[A-Z][^\n]{0,70}[^.\n]$/);
  });

  test("comes after its topic", () => {
    const topic = words.includes(" ") ? words.slice(0, words.lastIndexOf(" ")) : undefined;
    const names = Object.keys(table);
    expect(topic === undefined || names.slice(0, names.indexOf(words)).includes(topic)).toBe(true);
  });
});

describe.each(commands)("`%s`", (words, entry) => {
  test("has two examples that are command lines of ours", async () => {
    const { examples } = (await entry.load()).default;
    expect(examples.length).toBeGreaterThanOrEqual(2);
    const lines = examples.flatMap(({ command }) => ownLines(command));
    expect(lines.some((line) => line.join(" ").startsWith(words))).toBe(true);
    for (const line of lines) expect((await readCommandLine(line, table)).kind).toBe("run");
  });

  test("leaves line breaks of its longer help to the width of the terminal", async () => {
    expect((await entry.load()).default.description ?? "").not.toContain("\n");
  });

  test("explains its options and arguments in one line without a full stop", async () => {
    const { options = [], arguments: list = [] } = (await entry.load()).default;
    for (const { summary } of [...options, ...list]) expect(summary).toMatch(/^[^\n]*[^.\n]$/);
  });

  test("gives no argument and option the same name", async () => {
    const { options = [], arguments: list = [] } = (await entry.load()).default;
    const names = list.map(({ name }) => name.replace(/[^\w-]/g, ""));
    const flags = options.map(({ flags: all }) => /--(?:no-)?([\w-]+)/.exec(all)?.[1] ?? all);
    expect(new Set([...names, ...flags]).size).toBe(names.length + flags.length);
  });
});
