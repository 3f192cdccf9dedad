import { describe, expect, it } from "vitest";
import { readYaml } from "../../../src/core/yaml/read-yaml.js";

const limits = { length: 10_000, depth: 8, keys: 100 };
const read = (text: string) => readYaml(text, limits);
const codes = (text: string) => read(text).problems.map(({ code }) => code);

describe("YAML", () => {
  it("is read as JSON data, objects without a prototype", () => {
    const { value, problems } = read("a: 1\nb: [true, null, 'x']\nc: {d: 1.5}\n");
    expect(problems).toEqual([]);
    expect(JSON.stringify(value)).toBe('{"a":1,"b":[true,null,"x"],"c":{"d":1.5}}');
    expect(Object.getPrototypeOf(value)).toBeNull();
    expect(read("").value).toBeNull();
    expect(read("# nothing\n").value).toBeNull();
  });

  it("is YAML 1.2: yes and no are words, dates are texts", () => {
    expect(read("a: yes\nb: 2026-01-01\nc: 0x1f\n").value).toEqual({ a: "yes", b: "2026-01-01", c: 31 });
  });

  it.each([
    ["a: &x 1\nb: 2", "anchor"],
    ["a: 1\nb: *x", "alias"],
    ["a: !secret 1", "tag-resolve-failed"],
    ["a: !!js/function x", "tag-resolve-failed"],
    ["a: 1\n<<: {b: 2}", "merge-key"],
    ["a: 1\na: 2", "duplicate-key"],
    ["'a': 1\na: 2", "duplicate-key"],
    ["__proto__: {x: 1}", "key"],
    ["? [a]\n: 1", "key"],
    ["a: .inf", "value"],
    ["a: .nan", "value"],
    ["a:\n\t- 1", "tab-as-indent"],
    ["a: [1", "bad-indent"],
    ["a: 1\n---\nb: 2", "multiple-docs"],
    [`a: ${"[".repeat(20)}${"]".repeat(20)}`, "too-deep"],
    [Array.from({ length: 101 }, (_, index) => `k${index}: 1`).join("\n"), "too-many-keys"],
    ["x".repeat(10_001), "too-large"],
  ])("refuses %j", (text, code) => {
    const { value, problems } = read(text);
    expect(problems.map((problem) => problem.code)).toContain(code);
    expect(value).toBeUndefined();
    for (const { line, column, message, hint } of problems) {
      expect(line).toBeGreaterThan(0);
      expect(column).toBeGreaterThan(0);
      expect(message).not.toBe("");
      expect(hint).not.toBe("");
    }
  });

  it("reports each problem once, at its place", () => {
    expect(read("a: 1\nb:\n  c: 1\n  c: 2\n").problems).toEqual([
      {
        code: "duplicate-key",
        message: "key `c` appears twice",
        hint: "remove one of the two",
        line: 4,
        column: 3,
        endLine: 4,
        endColumn: 4,
      },
    ]);
    expect(codes(Array.from({ length: 200 }, (_, index) => `k${index}: 1`).join("\n"))).toEqual([
      "too-many-keys",
    ]);
    expect(readYaml("a: 1\na: 2", limits, 10).problems[0]?.line).toBe(11);
  });

  it("says where an entry stands: its key, its value, or the nearest entry above", () => {
    const { locate } = read("a:\n  b: [1, two]\nc:\n");
    const at = (path: (string | number)[], part?: "key" | "value") => {
      const { line, column } = locate(path, part);
      return [line, column];
    };
    expect(at(["a", "b"], "key")).toEqual([2, 3]);
    expect(at(["a", "b"])).toEqual([2, 6]);
    expect(at(["a", "b", 1])).toEqual([2, 10]);
    expect(at(["a", "x"])).toEqual([2, 3]);
    expect(at(["c"])).toEqual([3, 1]);
    expect(at([])).toEqual([1, 1]);
    expect(at(["nothing"])).toEqual([1, 1]);
  });

  const wide = { length: 16 * 1024 * 1024, depth: 16, keys: 1_000_000 };
  it.each([
    [
      "billion laughs",
      `a: &a [x,x,x,x,x,x,x,x,x]\n${"bcdefghi"
        .split("")
        .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${"abcdefgh"[index]}`).join(",")}]`)
        .join("\n")}`,
    ],
    ["deep brackets", "[".repeat(20_000)],
    ["deep maps", "{a: ".repeat(5_000)],
    ["deep indentation", Array.from({ length: 500 }, (_, index) => `${" ".repeat(index)}a:`).join("\n")],
    ["many keys", Array.from({ length: 2_000 }, () => "a: 1").join("\n")],
    ["a text without an end", `a: "${"x ".repeat(100_000)}`],
  ])("ends quickly on %s", (_, text) => {
    const start = performance.now();
    const { problems } = readYaml(text, wide);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.length).toBeLessThanOrEqual(100);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
