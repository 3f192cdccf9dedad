import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { isPromptSyncError } from "../../src/core/errors.js";
import { parseTemplate, type ParseOptions, type UndefinedMode } from "../../src/template/index.js";

interface Case {
  readonly template: string;
  readonly options?: ParseOptions;
  /** What the real Jinja2 renders. */
  readonly text?: string;
  /** Or what it fails with. */
  readonly error?: string;
  /** Where we differ on purpose: our text or error code, and why. */
  readonly ours?: string;
  readonly why?: string;
}

interface Fixture {
  readonly variables: Record<string, unknown>;
  readonly templates?: Record<string, string>;
  readonly undefined?: UndefinedMode;
  readonly cases: readonly Case[];
}

const folder = new URL("../fixtures/template/", import.meta.url);

/** The text, or the code of the error; anything but an error of ours is thrown on. */
function outcome({ template, options }: Case, fixture: Fixture): { text?: string; code?: string } {
  const { templates = {}, variables } = fixture;
  try {
    const parsed = parseTemplate(template, { ...options, load: (name) => templates[name] ?? null });
    return { text: parsed.render(variables, { undefined: fixture.undefined ?? "strict" }) };
  } catch (error) {
    if (!isPromptSyncError(error)) throw error;
    expect(error.line, error.message).toBeGreaterThan(0);
    expect(error.column, error.message).toBeGreaterThan(0);
    return { code: error.code };
  }
}

for (const file of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
  const fixture = JSON.parse(readFileSync(new URL(file, folder), "utf8")) as Fixture;
  const isDifferent = file === "differences.json";
  describe(`${file.replace(".json", "")}: ${isDifferent ? "what differs from Jinja2 on purpose" : "what Jinja2 gives"}`, () => {
    test.each(fixture.cases.map((one) => [one.template, one] as const))("%s", (_, one) => {
      const { text, code } = outcome(one, fixture);
      if (one.ours !== undefined) expect(text ?? code).toBe(one.ours);
      else if (one.text !== undefined) expect(text ?? code).toBe(one.text);
      else expect(code, `Jinja2 fails with ${one.error ?? ""}`).toMatch(/^TEMPLATE_/);
    });
  });
}
