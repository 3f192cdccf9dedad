import { describe, expect, test } from "vitest";
import { fingerprint } from "../../src/core/fingerprint.js";
import type { Report } from "../../src/findings/report.js";
import { sarif } from "../../src/findings/sarif.js";
import { evil, finding, gap, options, report, waived } from "./story.js";

interface Log {
  readonly $schema: string;
  readonly version: string;
  readonly runs: {
    readonly tool: { driver: { name: string; semanticVersion: string; rules: Record<string, unknown>[] } };
    readonly invocations: Record<string, unknown>[];
    readonly results: (Record<string, unknown> & {
      ruleId: string;
      ruleIndex: number;
      message: { text: string };
    })[];
  }[];
}

/** The one run of the document. */
function runOf(given: Report): Log["runs"][number] {
  const log = JSON.parse(sarif(given, options)) as Log;
  expect(log.version).toBe("2.1.0");
  expect(log.$schema).toMatch(/sarif-2\.1\.0\.json$/);
  expect(log.runs).toHaveLength(1);
  return log.runs[0]!;
}

describe("sarif", () => {
  test("a result names its rule, level, place, prompt and fingerprint", () => {
    const { results } = runOf(report([finding({ endLine: 9, endColumn: 10, introduced: "new" })]));
    expect(results).toEqual([
      {
        ruleId: "template-variable-undeclared",
        ruleIndex: 0,
        level: "error",
        message: { text: "`custmer` is not declared\nfix: did you mean `customer`?" },
        locations: [
          {
            physicalLocation: {
              artifactLocation: {
                uri: "prompt-templates/task/qualify-lead/1.1.0.md",
                uriBaseId: "%SRCROOT%",
              },
              region: { startLine: 9, startColumn: 3, endLine: 9, endColumn: 10 },
            },
            logicalLocations: [{ fullyQualifiedName: "qualify-lead@1.1.0" }],
          },
        ],
        partialFingerprints: { "promptsync/v1": fingerprint(finding()) },
        baselineState: "new",
      },
    ]);
  });

  test("every rule is described, and every result points at its rule", () => {
    const { tool, results } = runOf(report([gap, finding(), finding({ rule: "layout-unexpected-file" })]));
    expect(tool.driver).toMatchObject({ name: "PromptSync", semanticVersion: "0.1.0" });
    expect(tool.driver.rules[1]).toEqual({
      id: "bump-gap",
      shortDescription: { text: "Versions skip no number" },
      fullDescription: { text: "A gap looks like a version that was lost." },
      help: {
        text: "A gap looks like a version that was lost.\n\nRun `promptsync explain bump-gap` for examples.",
      },
      defaultConfiguration: { level: "warning" },
    });
    for (const result of results) expect(tool.driver.rules[result.ruleIndex]?.["id"]).toBe(result.ruleId);
  });

  test("a note has the level note, an old finding is unchanged, a waived one suppressed", () => {
    const { results } = runOf(report([finding({ severity: "info", introduced: "existing" }), waived]));
    expect(results[0]).toMatchObject({ level: "note", baselineState: "unchanged" });
    expect(results[1]).toMatchObject({
      suppressions: [{ kind: "external", justification: "goes away with 2.0.0" }],
    });
  });

  test("rules that could not run are notifications", () => {
    const skipped = [{ rule: "bump-too-small", reason: "no base" }];
    expect(runOf(report([], { skipped })).invocations).toEqual([
      {
        executionSuccessful: true,
        toolConfigurationNotifications: [
          {
            level: "warning",
            message: { text: "bump-too-small was skipped: no base" },
            associatedRule: { id: "bump-too-small" },
          },
        ],
      },
    ]);
  });

  test("a path is a URI, and a message holds no hidden character and no link", () => {
    const hostile = finding({ file: "a b/ü#?%.md", message: `${evil} [here](https://example.com)` });
    const [result] = runOf(report([hostile])).results;
    expect(result).toMatchObject({
      locations: [{ physicalLocation: { artifactLocation: { uri: "a%20b/%C3%BC%23%3F%25.md" } } }],
    });
    expect(result?.message.text).toContain("[here\\](https://example.com)");
    expect(result?.message.text).not.toMatch(/[\u001b\u202e\0\r]/);
  });
});
