import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isPromptSyncError } from "../../src/core/errors.js";
import { parseTemplate, type Limits } from "../../src/template/index.js";

/** Pieces that make syntax errors, deep nesting and every kind of value likely. */
const piece = fc.oneof(
  fc.constantFrom(
    "{{",
    "}}",
    "{%",
    "%}",
    "{#",
    "#}",
    "-",
    "+",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "|",
    ".",
    ",",
    ":",
    "~",
    "=",
    "==",
    "**",
    "//",
    "'",
    '"',
    "\\",
    " if ",
    " else ",
    " for ",
    " in ",
    " is ",
    " not ",
    " and ",
    " endif ",
    " endfor ",
    " set ",
    " macro ",
    " raw ",
    " endraw ",
    " include ",
    " message role='user' ",
    " endmessage ",
    " loop ",
    " recursive ",
    "x",
    "y.z",
    "x[0]",
    "1",
    "2.5",
    "'a'",
    "none",
    "upper",
    "join",
    "range(3)",
    "\n",
    " ",
    "{{ x }}",
    "{{ y.z | upper }}",
    "{% if x %}",
    "{% endif %}",
    "{% for i in y %}",
    "{% endfor %}",
    "{% set x = 1 %}",
  ),
  fc.string({ maxLength: 5, unit: "grapheme" }),
);
const soup = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(""));

/** Templates that always parse. */
const name = fc.constantFrom("alpha", "beta", "gamma");
const expression = fc.oneof(
  name,
  name.map((one) => `${one} | upper`),
  name.map((one) => `${one} | default('none')`),
  name.map((one) => `${one}.size`),
  fc.tuple(name, name).map(([a, b]) => `${a} ~ ${b}`),
  fc.tuple(name, name).map(([a, b]) => `${a} if ${b} else 'no'`),
  name.map((one) => `[${one}, 1] | join`),
);
const statement = fc.oneof(
  fc.constantFrom("text ", "\n", "{# note #}"),
  expression.map((one) => `{{ ${one} }}`),
  fc.tuple(name, expression).map(([a, one]) => `{% if ${a} %}{{ ${one} }}{% endif %}`),
  fc.tuple(name, expression).map(([a, one]) => `{% set ${a} = ${one} %}{{ ${a} }}`),
  fc.tuple(name, expression).map(([a, one]) => `{% for ${a} in [1, 2] %}{{ ${one} }}{% endfor %}`),
  fc.tuple(name, expression).map(([a, one]) => `{% macro m(${a}) %}{{ ${one} }}{% endmacro %}{{ m('own') }}`),
);
const program = fc.array(statement, { maxLength: 6 }).map((parts) => parts.join(""));

const value = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.constant({ size: 3 }),
);
const variables = fc.dictionary(name, value);

type Outcome = { readonly text: string } | { readonly code: string; readonly name: unknown };

function outcome(source: string, given: Record<string, unknown>, limits: Partial<Limits> = {}): Outcome {
  try {
    return { text: parseTemplate(source).render(given, { limits }) };
  } catch (error) {
    if (!isPromptSyncError(error)) throw error;
    expect(error.line, error.message).toBeGreaterThan(0);
    return { code: error.code, name: error.data?.["name"] };
  }
}

const runs = { numRuns: 400, seed: 20_261_121 };

describe("whatever the template", () => {
  test("parsing and rendering throw nothing but errors of ours, with a place", () => {
    fc.assert(
      fc.property(soup, fc.anything(), (source, x) => {
        outcome(source, { x, y: { z: x } });
      }),
      { ...runs, numRuns: 3_000 },
    );
  });

  test("any caller's values give text or an error of ours", () => {
    const shown = "{{ x }}{{ x | tojson }}{% for i in x %}{{ i }}{% endfor %}";
    fc.assert(
      fc.property(
        fc.anything({ withDate: true, withMap: true, withBigInt: true, withNullPrototype: true }),
        (x) => {
          outcome(shown, { x });
        },
      ),
      runs,
    );
  });

  test("the output is never longer than the limit", () => {
    fc.assert(
      fc.property(program, variables, fc.nat(30), (source, given, output) => {
        const result = outcome(source, given, { output });
        if ("text" in result) expect(result.text.length).toBeLessThanOrEqual(output);
      }),
      runs,
    );
  });

  test("no more than the allowed operations happen", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2_000 }),
        fc.integer({ min: 1, max: 500 }),
        (rounds, operations) => {
          const result = outcome(`{% for i in range(${rounds}) %}x{% endfor %}`, {}, { operations });
          expect("text" in result).toBe(rounds * 3 + 2 <= operations);
        },
      ),
      runs,
    );
  });

  test("a render is repeatable", () => {
    fc.assert(
      fc.property(program, variables, (source, given) => {
        expect(outcome(source, given)).toEqual(outcome(source, given));
      }),
      runs,
    );
  });
});

describe("the set of variables is exact", () => {
  /** Texts that are found again in the output, with the attribute that the programs read. */
  const full = { alpha: { size: "α1" }, beta: { size: "β2" }, gamma: { size: "γ3" } };

  test("a render fails with a missing variable only for one that is required", () => {
    fc.assert(
      fc.property(program, fc.subarray(["alpha", "beta", "gamma"] as const), (source, kept) => {
        const { required } = parseTemplate(source).variables;
        const given = Object.fromEntries(kept.map((one) => [one, full[one]]));
        const result = outcome(source, given);
        const isMissing = "code" in result && result.code === "TEMPLATE_UNDEFINED" && result.name !== "size";
        if (isMissing && "text" in outcome(source, full)) expect(required).toContain(result.name);
      }),
      { ...runs, numRuns: 2_000 },
    );
  });

  test("taking away a required variable that is always reached fails the render", () => {
    const straight = fc.array(
      expression.filter((one) => !one.includes(" if ")),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(straight, (expressions) => {
        const source = expressions.map((one) => `{{ ${one} }}`).join("");
        for (const one of parseTemplate(source).variables.required) {
          const { [one as keyof typeof full]: _, ...rest } = full;
          expect(outcome(source, rest), `${source} without ${one}`).toMatchObject({
            code: "TEMPLATE_UNDEFINED",
          });
        }
      }),
      runs,
    );
  });

  test("a variable that is not in the set changes nothing", () => {
    fc.assert(
      fc.property(program, variables, value, (source, given, extra) => {
        const { required, optional } = parseTemplate(source).variables;
        const known = new Set([...required, ...optional]);
        const before = Object.fromEntries(Object.entries(given).filter(([key]) => known.has(key)));
        const unknown = ["alpha", "beta", "gamma", "delta"].filter((one) => !known.has(one));
        const after = { ...before, ...Object.fromEntries(unknown.map((one) => [one, extra])) };
        expect(outcome(source, after)).toEqual(outcome(source, before));
      }),
      { ...runs, numRuns: 1_000 },
    );
  });
});
