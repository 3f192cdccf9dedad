import { describe, expect, it } from "vitest";
import { scanSources } from "../../src/scan/index.js";

const client = 'import { PromptManager } from "promptsync";\n';
const deep = 20_000;

describe("hostile sources", () => {
  it.each([
    ["a.ts", "brackets", `const a = ${"(".repeat(deep)}1${")".repeat(deep)};`],
    ["a.ts", "lists", `const a = ${"[".repeat(deep)}${"]".repeat(deep)};`],
    ["a.ts", "sums", `const a = ${"'a' + ".repeat(deep)} 'b'; prompts.getPrompt(a);`],
    ["a.ts", "chains", `a${".b()".repeat(deep)};`],
    ["a.ts", "conditions", `const a = ${"b ? (c) : ".repeat(deep)} d;`],
    ["a.ts", "nested arrow functions", `const a = ${"(x = ".repeat(25)}1${") => x".repeat(25)};`],
    ["a.ts", "nested conditions with brackets", `const a = ${"b ? (c, ".repeat(25)}d${") : e".repeat(25)};`],
    ["a.ts", "type arguments", `const a = ${"f<".repeat(200)}T${">".repeat(200)}();`],
    ["a.tsx", "elements", `const a = ${"<a>".repeat(deep)}${"</a>".repeat(deep)};`],
    ["a.ts", "open comments", "/*".repeat(deep)],
    ["a.ts", "open templates", "`${".repeat(deep)],
    ["a.py", "brackets", `a = ${"(".repeat(deep)}1${")".repeat(deep)}\n`],
    ["a.py", "sums", `a = ${"'a' + ".repeat(deep)} 'b'\nprompts.get_prompt(a)\n`],
    ["a.py", "indents", Array.from({ length: 300 }, (_, depth) => `${" ".repeat(depth)}if a:\n`).join("")],
    ["a.py", "open brackets", "f(".repeat(deep)],
    ["a.py", "broken lines", "def (:\n".repeat(5000)],
  ])("ends in time: %s with %s", async (path, _, code) => {
    const started = performance.now();
    const text = (path.endsWith(".py") ? "from promptsync import PromptManager\n" : client) + code;
    const { parsed, problems } = await scanSources([{ path, text }]);
    expect(parsed).toBe(1);
    expect(problems.length).toBeLessThanOrEqual(1);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it("says where a source does not parse, and reads the others", async () => {
    const good = `${client}new PromptManager().getPrompt("refund");`;
    const { calls, problems } = await scanSources([
      { path: "bad.ts", text: `${client}const = 1;` },
      { path: "good.ts", text: good },
    ]);
    expect(calls).toHaveLength(1);
    expect(problems).toMatchObject([{ file: "bad.ts", line: 2, column: 7 }]);
  });

  it("leaves a source out that is too large to be written by hand", async () => {
    const { problems, parsed } = await scanSources([{ path: "a.ts", text: client.padEnd((1 << 20) + 1) }]);
    expect(problems[0]?.message).toBe("`a.ts` has 1048577 characters, more than 1048576");
    expect(parsed).toBe(1);
  });

  it("follows names that lead back to themselves", async () => {
    const code = `${client}let a = b; let b = a; const p = new PromptManager(); p.getPrompt(a).format(b);
class A extends B {} class B extends A {} new A().c.getPrompt("x");
const f = () => g(); const g = () => f(); f().getPrompt("x");
const o = { ...o }; p.getPrompt("refund").format(o);`;
    const { calls } = await scanSources([{ path: "a.ts", text: code }]);
    expect(calls).toHaveLength(2);
  });

  it("takes names of an object's prototype for names", async () => {
    const code = `${client}const p = new PromptManager(); p.getPrompt("constructor").format({ __proto__: null, toString: 1 });`;
    const { calls } = await scanSources([{ path: "a.ts", text: code }]);
    expect(calls[0]?.targets).toMatchObject([{ name: "constructor" }]);
  });
});

it("looks for imports in proportion to the text", async () => {
  const started = performance.now();
  await scanSources([
    { path: "prompts.ts", text: `${client}export const prompts = new PromptManager();` },
    { path: "min.js", text: `getPrompt;${"from(".repeat(200_000)}` },
  ]);
  expect(performance.now() - started).toBeLessThan(2000);
});

describe("what is parsed", () => {
  it("parses only files that mention the package or import a file that does", async () => {
    const own = Array.from({ length: 20 }, (_, index) => ({
      path: `src/own${index}.ts`,
      text: 'import { store } from "./store";\nstore.getPrompt("theirs");',
    }));
    const files = [
      ...own,
      { path: "src/prompts.ts", text: `${client}export const prompts = new PromptManager();` },
      { path: "src/a.ts", text: 'import { prompts } from "./prompts";\nprompts.getPrompt("refund");' },
      { path: "src/b.ts", text: "export const prompts = 1;" },
    ];
    const { calls, parsed } = await scanSources(files);
    expect(parsed).toBe(2);
    expect(calls).toHaveLength(1);
  });

  it("scans a few thousand files in seconds", async () => {
    const filler = Array.from(
      { length: 40 },
      (_, index) =>
        `export function step${index}(value: string, times = ${index}): string {\n  return value.repeat(times) + \`\${value}-${index}\`;\n}\n`,
    ).join("");
    const files = Array.from({ length: 3000 }, (_, index) => ({
      path: `src/module${index}.ts`,
      text: `${index % 3 === 0 ? `${client}const p = new PromptManager();\np.getPrompt("refund").then((it) => it.format({ order }));\n` : ""}${filler}`,
    }));
    const started = performance.now();
    const { calls, parsed } = await scanSources(files);
    expect([calls.length, parsed]).toEqual([1000, 1000]);
    expect(performance.now() - started).toBeLessThan(15_000);
  });
});
