import { describe, expect, it } from "vitest";
import { readVersion } from "../../../src/core/prompt-file/read-version.js";
import { knownKeys } from "../../../src/core/schema/known-keys.js";
import { contracts } from "../../../src/core/schema/contracts.js";
import { readState } from "../../../src/core/state/read-state.js";
import { isDate } from "../../../src/core/date.js";
import { readConfig } from "../../../src/core/config.js";

const problems = (lines: string) =>
  readVersion(`---\nname: welcome\n${lines}\n---\nHi\n`, { name: "welcome", version: "1.0.0" }).problems.map(
    ({ rule, message, hint, line, column }) => [rule, message, hint, line, column],
  );
const inState = (lines: string) =>
  readState(
    [{ path: "promptsync.yaml", text: `schema: promptsync/v1\n${lines}` }],
    "promptsync.yaml",
  ).problems.map(({ message, hint, line, column }) => [message, hint, line, column]);
const version = 'version: "1.0.0"\n';

describe("what a schema asks for", () => {
  it("names an unknown key, its place and the nearest known one", () => {
    expect(problems(`${version}descripton: x`)).toEqual([
      [
        "schema-field-unknown",
        "`descripton` is no known key; did you mean `description`?",
        "write `description`",
        4,
        1,
      ],
    ]);
    expect(problems(`${version}input:\n  shema: {}`)).toEqual([
      [
        "schema-field-unknown",
        "`shema` is no known key in `input`; did you mean `schema`?",
        "write `schema`",
        5,
        3,
      ],
    ]);
    expect(problems(`${version}input:\n  zzzzz: {}`)).toEqual([
      [
        "schema-field-unknown",
        "`zzzzz` is no known key in `input`",
        "known keys: schema, default, unknown",
        5,
        3,
      ],
    ]);
  });

  it("lets keys begin with x- and says anything under metadata", () => {
    expect(problems(`${version}x-team: {a: 1}\nmetadata: {anything: [goes]}`)).toEqual([]);
  });

  it("names a missing key", () => {
    expect(problems("model: x")).toEqual([
      ["schema-field-missing", "`version` is missing", "add `version:`", 2, 1],
    ]);
    expect(problems(`${version}variants:\n  - content: x`)).toEqual([
      ["schema-field-missing", "`variants.0.tags` is missing", "add `tags:`", 5, 5],
    ]);
  });

  it("says to quote a version that YAML reads as a number", () => {
    expect(problems("version: 1.10")).toEqual([
      [
        "schema-field-invalid",
        "`version` must be a text, got 1.1",
        "put it in quotes, so that YAML reads it as a text",
        3,
        10,
      ],
    ]);
    expect(problems('version: "1.10"')).toEqual([
      [
        "schema-field-invalid",
        '`version` must be a version such as "1.2.0", got "1.10"',
        'write a version such as "1.2.0"',
        3,
        10,
      ],
    ]);
  });

  it("names the allowed words", () => {
    expect(problems(`${version}scope: globl`)).toEqual([
      [
        "schema-field-invalid",
        '`scope` must be `global` or `agent` or `user`, got "globl"',
        "did you mean `global`?",
        4,
        8,
      ],
    ]);
  });

  it("says what is wrong with a tool once, and for the kind of tool that was meant", () => {
    expect(problems(`${version}tools:\n  - name: search\n    inputShema: {}`)).toEqual([
      [
        "schema-field-unknown",
        "`inputShema` is no known key in `tools.0`; did you mean `inputSchema`?",
        "write `inputSchema`",
        6,
        5,
      ],
    ]);
    expect(problems(`${version}tools:\n  - description: x`)).toEqual([
      ["schema-field-missing", "`tools.0.name` is missing", "add `name:`", 5, 5],
    ]);
    expect(problems(`${version}tools: [3]`)).toEqual([
      [
        "schema-field-invalid",
        "`tools.0` must be a text or a map, got 3",
        "put it in quotes, so that YAML reads it as a text",
        4,
        9,
      ],
    ]);
    expect(problems(`${version}tools: ['']`)).toEqual([
      [
        "schema-field-invalid",
        '`tools.0` must be not empty, got ""',
        "give it a value or remove the key",
        4,
        9,
      ],
    ]);
  });

  it("tells one problem a place", () => {
    expect(inState('prompts: { welcome: { default: "" } }')).toHaveLength(1);
    expect(inState("aliases: { latest: {} }")).toHaveLength(1);
    expect(inState("aliases: { Prod: {} }")).toHaveLength(1);
    expect(inState(`aliases: { ${"x".repeat(101)}Y: {} }`)).toHaveLength(1);
  });

  it("explains names, versions and dates", () => {
    expect(inState("aliases: { Prod: {} }")).toEqual([
      [
        "`Prod` is no allowed name in `aliases`",
        'use a-z, 0-9 and single `.`, `_`, `-` between them; versions in full, such as "1.2.0"',
        2,
        12,
      ],
    ]);
    expect(inState("flags: { nova: { expires: soon } }")).toEqual([
      [
        '`flags.nova.expires` must be a day of the calendar such as 2026-12-31, got "soon"',
        "write a day of the calendar such as 2026-12-31",
        2,
        27,
      ],
    ]);
    expect(inState("prompts: { welcome: { default: 1.1 } }")).toEqual([
      [
        "`prompts.welcome.default` must be a text, got 1.1",
        "put it in quotes, so that YAML reads it as a text",
        2,
        32,
      ],
    ]);
    expect(inState("project: { default_alias: Prod }")[0]?.[0]).toBe(
      '`project.default_alias` must be a name of a-z, 0-9 and single `.`, `_`, `-` between them, got "Prod"',
    );
  });
});

describe("a date in promptsync.yaml", () => {
  const isTaken = (date: string) => inState(`flags: { nova: { expires: "${date}" } }`).length === 0;

  it("is one that a command takes too, and the other way round", () => {
    const days = Array.from({ length: 12 * 33 }, (_, at) => [Math.floor(at / 33), at % 33] as const);
    const two = (number: number) => String(number).padStart(2, "0");
    const dates = ["1900", "2000", "2026", "2028"].flatMap((year) =>
      days.map(([month, day]) => `${year}-${two(month)}-${two(day)}`),
    );
    const times = ["00:00", "23:59:59", "24:00", "12:60", "12:00:60", "12:00:00.25", "1:00", "12"];
    for (const date of [...dates, ...times.map((time) => `2026-11-02T${time}Z`)])
      expect([date, isTaken(date)]).toEqual([date, isDate(date)]);
    expect(["2000-02-29", "2028-02-29", "1900-02-29", "2026-02-29", "2026-04-31"].map(isTaken)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(isTaken("2026-11-02T12:00:00+02:00")).toBe(false);
  });
});

describe("known keys", () => {
  it("are those of the schema at a path", () => {
    const prompt = contracts.prompt;
    expect(knownKeys(prompt, []).slice(0, 3)).toEqual(["name", "version", "title"]);
    expect(knownKeys(prompt, ["tools", "0"])).toEqual([
      "name",
      "description",
      "inputSchema",
      "outputSchema",
      "hosted",
    ]);
    expect(knownKeys(prompt, ["metadata", "x"])).toEqual([]);
    const state = contracts.state;
    expect(knownKeys(state, ["prompts", "welcome", "aliases", "dev"])).toEqual(["serve", "canary"]);
    expect(knownKeys(state, ["prompts", "welcome", "tenants", "acme", "aliases", "dev", "canary"])[0]).toBe(
      "serve",
    );
    expect(knownKeys(state, ["prompts", "x-notes", "deep"])).toEqual([]);
  });

  it("are none below an extension key", () => {
    expect(knownKeys(contracts.state, ["x-team"])).toEqual([]);
    expect(knownKeys(contracts.state, ["prompts", "welcome", "x-team"])).toEqual([]);
  });
});

describe("the settings", () => {
  it("have defaults for everything", () => {
    expect(readConfig(undefined)).toMatchObject({
      registry: "prompt-templates",
      drafts: "prompts",
      base: "main",
    });
    expect(readConfig('{"registry": "templates//sub/", "bump": {"reader": "exact"}}')).toMatchObject({
      registry: "templates/sub",
      bump: { minorAboveRatio: 0.2, reader: "exact" },
    });
  });

  it.each([
    ["registri: x", "`registri` is no known key; did you mean `registry`?", 1, 1],
    [
      "registry: ../x",
      '`registry` must be a folder inside the repository, with forward slashes, got "../x"',
      1,
      11,
    ],
    [
      "registry: /etc",
      '`registry` must be a folder inside the repository, with forward slashes, got "/etc"',
      1,
      11,
    ],
    ["- a", "the settings are no map of keys and values", 1, 1],
    [
      "rules: { layout: loud }",
      '`rules.layout` must be `error` or `warning` or `info` or `off`, got "loud"',
      1,
      18,
    ],
    ["bump: { minorAboveRatio: 3 }", "`bump.minorAboveRatio` must be <= 1, got 3", 1, 26],
    [
      "bump:\n  overrides:\n    wording-changed: minor\n    input-remove: patch",
      "`bump.overrides.input-remove` is no kind of change",
      4,
      5,
    ],
    [
      "bump: { overrides: { constructor: patch } }",
      "`bump.overrides.constructor` is no kind of change",
      1,
      22,
    ],
  ])("refuse %j", (text, message, line, column) => {
    expect(() => readConfig(text)).toThrow(
      expect.objectContaining({
        code: "CONFIG_INVALID",
        message,
        line,
        column,
        file: ".promptsyncrc",
      }) as Error,
    );
  });

  it("name the nearest kind of change, else where to find one", () => {
    const hintFor = (kind: string) => {
      try {
        readConfig(`{"bump": {"overrides": {"${kind}": "patch"}}}`);
      } catch (error) {
        return (error as { hint?: string }).hint;
      }
    };
    expect(hintFor("input-remove")).toBe("did you mean `input-removed`?");
    expect(hintFor("tool-result-widned")).toBe("did you mean `tool-result-widened`?");
    expect(hintFor("everything")).toBe("`promptsync diff <name>` shows the kinds of changes");
    expect(hintFor("model-provider-changed")).toBeUndefined();
  });
});
