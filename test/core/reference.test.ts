import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatReference, parseReference } from "../../src/core/reference.js";

const selectorOf = (text: string) => parseReference(text).selector;

describe("a reference", () => {
  it("names a prompt and an exact version, a range, an alias, latest or nothing", () => {
    expect(parseReference("qualify-lead@v1.2.0")).toEqual({
      name: "qualify-lead",
      selector: { kind: "version", version: "1.2.0" },
    });
    expect(selectorOf("welcome@1.0.4-emergency.1")).toEqual({
      kind: "version",
      version: "1.0.4-emergency.1",
    });
    expect(selectorOf("welcome@^1.2")).toEqual({ kind: "range", range: "^1.2" });
    expect(selectorOf("welcome@v1")).toEqual({ kind: "range", range: "v1" });
    expect(selectorOf("welcome@1.x")).toEqual({ kind: "range", range: "1.x" });
    expect(selectorOf("welcome@production")).toEqual({ kind: "alias", alias: "production" });
    expect(selectorOf("welcome@latest")).toEqual({ kind: "latest" });
    expect(selectorOf("welcome")).toEqual({ kind: "default" });
  });

  it.each(["@1.0.0", "welcome@", "welcome@@", "welcome@Prod", "welcome@not a range", "welcome@../x"])(
    "may not be %j",
    (text) => {
      expect(() => parseReference(text)).toThrow(
        expect.objectContaining({ code: "REFERENCE_INVALID" }) as Error,
      );
    },
  );

  it("with a bad name or a bad version says which", () => {
    expect(() => parseReference("Welcome@1.0.0")).toThrow(
      expect.objectContaining({ code: "NAME_INVALID" }) as Error,
    );
    expect(() => parseReference("")).toThrow(expect.objectContaining({ code: "NAME_INVALID" }) as Error);
    expect(() => parseReference("welcome@1.0.0+x")).toThrow(
      expect.objectContaining({ code: "VERSION_INVALID" }) as Error,
    );
  });

  it("is written the way it is read", () => {
    const names = fc.constantFrom("welcome", "qualify-lead");
    const behind = fc.constantFrom("", "@1.2.0", "@^1.2", "@production", "@latest", "@>=1.0.0 <2.0.0");
    fc.assert(
      fc.property(names, behind, (name, rest) => {
        expect(formatReference(parseReference(name + rest))).toBe(name + rest);
      }),
    );
  });
});
