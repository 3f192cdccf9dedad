import { describe, expect, it } from "vitest";
import type { Variant } from "../../../src/core/prompt.js";
import { chooseVariant } from "../../../src/core/resolve/variant.js";

const variant = (content: string, tags: Variant["tags"]): Variant => ({ tags, content });
const variants = [
  variant("zh", { locale: "zh" }),
  variant("friendly", { tone: "friendly" }),
  variant("zh friendly", { locale: "zh", tone: "friendly" }),
  variant("zh again", { locale: "zh" }),
];
const chosen = (tags?: Readonly<Record<string, string>>) =>
  chooseVariant({ name: "welcome", version: "1.0.0", frontMatter: { variants }, body: "Hi" }, tags)?.content;

describe("a variant", () => {
  it("with the most of the caller's tags is chosen, the first among equals", () => {
    expect(chosen({ locale: "zh", tone: "friendly", tier: "gold" })).toBe("zh friendly");
    expect(chosen({ locale: "zh" })).toBe("zh");
    expect(chosen({ locale: "zh", tone: "stern" })).toBe("zh");
  });

  it("of which one tag differs is not chosen, and without any the body is", () => {
    expect(chosen({ locale: "de" })).toBeUndefined();
    expect(chosen({})).toBeUndefined();
    expect(chosen()).toBeUndefined();
    expect(chosen(Object.create({ locale: "zh" }) as Record<string, string>)).toBeUndefined();
  });
});
