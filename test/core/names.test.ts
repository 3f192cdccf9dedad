import { describe, expect, it } from "vitest";
import { allowedSpelling, checkName, isVersionLike, nameProblem } from "../../src/core/name.js";

describe("a name", () => {
  it.each(["welcome", "qualify-lead", "customer_support", "a.b-c_d", "2fa-code", "x".repeat(100)])(
    "may be %s",
    (name) => {
      expect(nameProblem("prompt", name)).toBeUndefined();
      expect(checkName("prompt", name)).toBe(name);
    },
  );

  it.each([
    ["", "is empty"],
    ["x".repeat(101), "has 101 characters; 100 are allowed"],
    ["Qualify", "may hold only a-z, 0-9 and single `.`, `_`, `-` between them"],
    ["a--b", "may hold only a-z, 0-9 and single `.`, `_`, `-` between them"],
    ["-rf", "may hold only a-z, 0-9 and single `.`, `_`, `-` between them"],
    ["../x", "may hold only a-z, 0-9 and single `.`, `_`, `-` between them"],
    ["welcome.", "may hold only a-z, 0-9 and single `.`, `_`, `-` between them"],
    ["wel\ncome", "may hold only a-z, 0-9 and single `.`, `_`, `-` between them"],
    ["用户", "may hold only a-z, 0-9 and single `.`, `_`, `-` between them"],
    ["__proto__", "may hold only a-z, 0-9 and single `.`, `_`, `-` between them"],
    ["constructor", "is a reserved word"],
    ["con", "is a reserved word"],
    ["nul.txt", "is a reserved word"],
    ["v1", "reads as a version"],
    ["1.2.0", "reads as a version"],
  ])("may not be %j", (name, problem) => {
    expect(nameProblem("prompt", name)).toBe(problem);
    expect(() => checkName("prompt", name)).toThrow(
      expect.objectContaining({ code: "NAME_INVALID" }) as Error,
    );
  });

  it("of an alias is neither latest nor a version, and a group may be a number", () => {
    expect(nameProblem("alias", "latest")).toBe("always means the newest version");
    expect(nameProblem("alias", "v2")).toBe("reads as a version");
    expect(nameProblem("prompt", "latest")).toBeUndefined();
    expect(nameProblem("group", "2026")).toBeUndefined();
  });

  it("that is refused comes with the nearest allowed spelling", () => {
    expect(() => checkName("prompt", "Customer Support Prompt")).toThrow(
      expect.objectContaining({ hint: "`customer-support-prompt` would do" }) as Error,
    );
    expect(() => checkName("prompt", "用户")).toThrow(
      expect.objectContaining({ hint: "choose another prompt name, such as `qualify-lead`" }) as Error,
    );
  });

  it("is spelled in ASCII, with accents taken off", () => {
    expect(allowedSpelling("Résumé  Über")).toBe("resume-uber");
    expect(allowedSpelling("--a__b..")).toBe("a_b");
    expect(allowedSpelling("x".repeat(99) + "--y")).toBe("x".repeat(99));
    expect(allowedSpelling("!!!")).toBeUndefined();
  });

  it("reads as a version when it begins like one", () => {
    expect(["1", "v1.2", "1.2.3-rc.1", "1.x", "v10"].map(isVersionLike)).toEqual(Array(5).fill(true));
    expect(["v", "vega", "1password", "dev", "two"].map(isVersionLike)).toEqual(Array(5).fill(false));
  });
});
