import { describe, expect, it } from "vitest";
import { readConfig } from "../../src/core/config.js";
import type { PromptSyncError } from "../../src/core/errors.js";
import { rules } from "../../src/rules/index.js";
import { lint } from "../../src/rules/lint.js";
import { severities } from "../../src/rules/settings.js";
import { fixtures } from "./gate-fixtures.js";

const found = (world: (typeof fixtures)[number]["wrong"]): readonly string[] =>
  lint(world, rules).map(({ rule }) => rule);

/** Findings that a fixture has beside its own, because one mistake breaks two rules. */
const beside: Readonly<Record<string, readonly string[]>> = {
  "immutable-dependency-changed": ["immutable-version-modified"],
  "registry-gates-unproven": ["registry-alias-crosses-major"],
  "registry-deprecated-in-use": ["registry-deprecated-in-use", "registry-version-unreachable"],
  "schema-input-invalid": ["template-variable-unused"],
  "waiver-invalid": ["template-variable-unused"],
  "waiver-stale": ["template-variable-unused"],
};

describe("every rule on every fixture", () => {
  it.each(fixtures)("$rule fires on its wrong registry, and nothing else does", ({ rule, wrong }) => {
    const others = found(wrong).filter((id) => id !== rule && !beside[rule]?.includes(id));
    expect(found(wrong)).toContain(rule);
    expect(others).toEqual([]);
  });

  it.each(fixtures)("$rule is silent on its right registry, as every rule is", ({ rule, right }) => {
    expect(found(right).filter((id) => !beside[rule]?.includes(id) || id === rule)).toEqual([]);
  });

  it("never shows a secret", () => {
    for (const { wrong } of fixtures) {
      const secrets = lint(wrong, rules).filter(({ rule }) => rule === "schema-secret-literal");
      expect(JSON.stringify(secrets)).not.toContain("AKIAIOSFODNN7");
    }
  });
});

describe("the settings", () => {
  it("let a rule go before its category, and the user before the profile", () => {
    const asked = severities(readConfig("rules: { profile: strict, bump: warning, bump-gap: off }").rules);
    expect(asked).toMatchObject({
      "bump-undecidable": "warning",
      "bump-gap": "off",
      "code-version-hardcoded": "error",
    });
  });

  it.each([
    ["template-variable-unusd", "did you mean `template-variable-unused`?"],
    ["templat", "did you mean `template`?"],
    ["profil", "did you mean `profile`?"],
  ])("refuse `%s` and say what was meant", (key, hint) => {
    const error = expect.objectContaining({ code: "CONFIG_INVALID", hint }) as PromptSyncError;
    expect(() => severities({ [key]: "off" })).toThrow(error);
  });
});
