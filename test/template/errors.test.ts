import { describe, expect, test } from "vitest";
import { isPromptSyncError, type PromptSyncError } from "../../src/core/errors.js";
import { parseTemplate, type ParseOptions, type RenderOptions } from "../../src/template/index.js";

function errorOf(
  source: string,
  variables: Record<string, unknown> = {},
  options: ParseOptions & RenderOptions = {},
): PromptSyncError {
  try {
    parseTemplate(source, options).render(variables, options);
  } catch (error) {
    if (isPromptSyncError(error)) return error;
    throw error;
  }
  throw new Error(`no error: ${source}`);
}

/** `line:column code message | hint`, as a person would see it. */
const shown = (error: PromptSyncError) =>
  `${error.line}:${error.column} ${error.code} ${error.message} | ${error.hint ?? ""}`;

describe("errors say what happened, where, and what to type", () => {
  test.each<[string, Record<string, unknown>, string]>([
    [
      "Hi {{ custmer }}",
      { customer: "Ada" },
      "1:7 TEMPLATE_UNDEFINED `custmer` is undefined | did you mean `customer`?",
    ],
    [
      "{{ tone }}",
      {},
      '1:4 TEMPLATE_UNDEFINED `tone` is undefined | pass `tone`, or write `{{ tone | default("") }}`',
    ],
    [
      "\n  {{ user.nmae }}",
      { user: { name: "Ada" } },
      "2:11 TEMPLATE_UNDEFINED `nmae` is undefined: the object has no such key | did you mean `name`?",
    ],
    [
      "{{ user.x }}",
      { user: { name: 1, mail: 2 } },
      "1:9 TEMPLATE_UNDEFINED `x` is undefined: the object has no such key | it has 'name', 'mail'",
    ],
    ["{{ name | uper }}", {}, "1:11 TEMPLATE_SYNTAX there is no filter `uper` | did you mean `upper`?"],
    [
      "{% if x is defind %}{% endif %}",
      {},
      "1:12 TEMPLATE_SYNTAX there is no test `defind` | did you mean `defined`?",
    ],
    [
      "{{ rnage(3) }}",
      {},
      "1:4 TEMPLATE_SYNTAX there is no function or macro `rnage` | did you mean `range`?",
    ],
    [
      "{% macro card() %}{% endmacro %}{{ crad() }}",
      {},
      "1:36 TEMPLATE_SYNTAX there is no function or macro `crad` | did you mean `card`?",
    ],
    ["{% fore x in y %}", {}, "1:4 TEMPLATE_SYNTAX there is no tag `fore` | did you mean `for`?"],
    [
      "{% if x %}\n{% for y in x %}\n{% endif %}",
      {},
      "3:4 TEMPLATE_SYNTAX unexpected `endif` | `for` in line 2 comes first",
    ],
    ["{% if x %}a", {}, "1:4 TEMPLATE_SYNTAX this `if` is not closed | add `{% endif %}`"],
    ["a {{ x", {}, "1:3 TEMPLATE_SYNTAX this tag is not closed | end it with `}}`"],
    ["{{ [1, 2 }}", {}, "1:10 TEMPLATE_SYNTAX unexpected `}` | `]` comes first"],
    ["{{ 'abc }}", {}, "1:4 TEMPLATE_SYNTAX this text is not closed | end it with `'`"],
    [
      "{{ 1 + 'a' }}",
      {},
      "1:6 TEMPLATE_TYPE `+` does not take a int and a str | join texts with `~`, which turns both sides into text",
    ],
    [
      "{{ 1 / 0 }}",
      {},
      "1:6 TEMPLATE_TYPE division by zero | check the divisor first, such as `{{ a / b if b else 0 }}`",
    ],
    [
      "{{ words | map('upper') }}",
      { words: ["a"] },
      '1:4 TEMPLATE_TYPE the result of a filter such as `map` or `select` is no text yet | add `| list` or `| join(", ")`',
    ],
    [
      "{{ name | truncate(size=3) }}",
      {},
      "1:11 TEMPLATE_SYNTAX filter `truncate` has no argument `size` | it takes length, killwords, end, leeway",
    ],
    [
      "{% macro m(a) %}{% endmacro %}{{ m(b=1) }}",
      {},
      "1:34 TEMPLATE_TYPE macro `m` has no parameter `b` | it takes a",
    ],
    [
      "{% include 'nope' %}",
      {},
      "1:4 TEMPLATE_INCLUDE template `nope` was not found | check the name and the version, or add `ignore missing`",
    ],
    ["{% extends 'a' %}{% break %}", {}, "1:21 TEMPLATE_SYNTAX `break` stands outside of every loop | "],
    [
      "{{ {}['x'] }}",
      {},
      "1:6 TEMPLATE_UNDEFINED `x` is undefined: the object has no such key | use `| default(…)` for a value that may be missing",
    ],
  ])("%s", (source, variables, expected) => {
    expect(shown(errorOf(source, variables))).toBe(expected);
  });

  test("an error inside an include names the include", () => {
    const load = () => "\n{{ missing }}";
    expect(errorOf("{% include 'tone@1.0.0' %}", {}, { load })).toMatchObject({
      file: "tone@1.0.0",
      line: 2,
      column: 4,
    });
  });

  test("an error inside an imported macro names its template", () => {
    const load = () => "{% macro m() %}\n{{ 1 / 0 }}{% endmacro %}";
    const error = errorOf("{% import 'lib' as lib %}{{ lib.m() }}", {}, { load });
    expect(error).toMatchObject({ file: "lib", line: 2, column: 6 });
  });

  test("a syntax error inside an include names the include", () => {
    expect(errorOf("{% include 'bad' %}", {}, { load: () => "a\n{{ 1 + }}" })).toMatchObject({
      file: "bad",
      line: 2,
    });
  });
});

describe("limits", () => {
  test.each([
    ["operations", "{% for i in range(100) %}{% endfor %}", { operations: 50 }],
    ["output", "{{ 'a' * 100 }}", { output: 50 }],
    ["depth", "{% macro m(n) %}{{ m(n + 1) }}{% endmacro %}{{ m(0) }}", { depth: 5 }],
    ["includes", "{% include 'deeper' %}", { includes: 0 }],
  ])("`%s` is named by the error and can be set", (limit, source, limits) => {
    const error = errorOf(source, {}, { limits, load: () => "x" });
    expect(error.code).toBe("TEMPLATE_LIMIT");
    expect(error.data?.["limit"]).toBe(limit);
    expect(error.message).toContain(`\`${limit}\``);
  });

  test("time is measured by the caller's clock", () => {
    let clock = 0;
    const now = () => (clock += 100);
    const error = errorOf(
      "{% for i in range(100000) %}{{ i }}{% endfor %}",
      {},
      { limits: { milliseconds: 500, now } },
    );
    expect(error).toMatchObject({ code: "TEMPLATE_LIMIT", data: { limit: "milliseconds", allowed: 500 } });
  });

  test("the size of the source is limited before anything is read", () => {
    expect(errorOf("x".repeat(101), {}, { sourceLimit: 100 })).toMatchObject({
      code: "TEMPLATE_LIMIT",
      data: { limit: "source" },
    });
  });

  test("prompts of every day stay far below the defaults", () => {
    const docs = Array.from({ length: 1_000 }, (_, index) => ({
      title: `Document ${index}`,
      text: "words ".repeat(50),
    }));
    const source =
      "{% for doc in docs %}{{ loop.index }}. {{ doc.title | upper }}: {{ doc.text | trim }}\n{% endfor %}";
    expect(() => parseTemplate(source).render({ docs }, { limits: { operations: 50_000 } })).not.toThrow();
  });
});
