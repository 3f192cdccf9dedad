import { describe, expect, test } from "vitest";
import { closureDigest, includesOf, pinIncludes } from "../../src/render/includes.js";

describe("includes", () => {
  test("names are pinned where they stand, and nothing else changes", () => {
    const source =
      'a\n{%- include "tone@^1" -%} {# "tone@^1" #}\n{% import \'macros\' as m %}{% include ["x", "y"] %}';
    const pinned = pinIncludes(source, ({ name }) => `${name.split("@")[0] ?? ""}@1.2.0`);
    expect(pinned).toBe(
      'a\n{%- include "tone@1.2.0" -%} {# "tone@^1" #}\n{% import \'macros@1.2.0\' as m %}{% include ["x@1.2.0", "y@1.2.0"] %}',
    );
  });

  test("a computed name is refused with its place", () => {
    expect(() => pinIncludes("ok\n{% include name %}", ({ name }) => name)).toThrow(
      expect.objectContaining({ code: "TEMPLATE_INCLUDE", line: 2 }),
    );
  });

  test("what looks like an include and is none is left alone", () => {
    const source = '{% raw %}{% include "tone" %}{% endraw %}';
    expect(includesOf(source)).toEqual([]);
    expect(pinIncludes(source, () => "never")).toBe(source);
  });

  test("the closure's digest knows what is in it and not the order", () => {
    const tone = { id: "tone@1.0.0", digest: "sha256:aa" };
    const rules = { id: "rules@1.0.0", digest: "sha256:bb" };
    expect(closureDigest([])).toBeUndefined();
    expect(closureDigest([tone, rules])).toBe(closureDigest([rules, tone, tone]));
    expect(closureDigest([tone])).not.toBe(closureDigest([{ ...tone, digest: "sha256:cc" }]));
  });
});
