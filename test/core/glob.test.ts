import { describe, expect, it } from "vitest";
import { anyGlob, globMatcher } from "../../src/core/glob.js";

describe("globMatcher", () => {
  it.each([
    ["src/a.ts", "src/a.ts"],
    ["*.ts", "a.ts"],
    ["src/*.ts", "src/a.ts"],
    ["**/*.ts", "a.ts"],
    ["**/*.ts", "src/deep/a.ts"],
    ["src/**", "src/deep/a.ts"],
    ["src/", "src/deep/a.ts"],
    ["./src/*.ts", "src/a.ts"],
    ["src/**/test/**/*.ts", "src/a/test/b/c/d.ts"],
    ["src/?.ts", "src/a.ts"],
    ["**/*.{ts,tsx}", "src/a.tsx"],
    ["{src,lib/{a,b}}/**", "lib/b/c.ts"],
    ["{}/a", "{}/a"],
    ["{a}/b", "{a}/b"],
    ["a{b", "a{b"],
    ["*", ".hidden"],
    ["a+(b).[c]", "a+(b).[c]"],
    ["*a*b*", "xaxbx"],
  ])("%s matches %s", (pattern, path) => {
    expect(globMatcher(pattern)(path)).toBe(true);
  });

  it.each([
    ["*.ts", "src/a.ts"],
    ["src/*.ts", "src/deep/a.ts"],
    ["src", "src/a.ts"],
    ["src/**/a.ts", "source/a.ts"],
    ["?.ts", "ab.ts"],
    ["**/*.{ts,tsx}", "a.js"],
    ["**/node_modules/**", "src/modules/a.ts"],
    ["a.ts", "abts"],
  ])("%s does not match %s", (pattern, path) => {
    expect(globMatcher(pattern)(path)).toBe(false);
  });

  it("takes time in proportion to pattern and path, whatever they are", () => {
    const started = performance.now();
    expect(globMatcher(`${"*a".repeat(50)}b`)("a".repeat(5000))).toBe(false);
    expect(globMatcher(`${"**/a/".repeat(50)}b`)("a/".repeat(2000))).toBe(false);
    expect(globMatcher("{a,b}".repeat(40))("a".repeat(40))).toBeTypeOf("boolean");
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it("matches any of a list", () => {
    expect(anyGlob(["*.py", "*.ts"])("a.ts")).toBe(true);
    expect(anyGlob([])("a.ts")).toBe(false);
  });
});
