import nunjucks from "nunjucks";
import { describe, expect, test } from "vitest";
import { isPromptSyncError } from "../../src/core/errors.js";
import { parseTemplate, type UndefinedMode } from "../../src/template/index.js";
import { generate, optionsOf, variables } from "./oracle/generate.js";
import { askJinja } from "./oracle/record.js";

/** How many random templates to compare with the real Jinja2; none by default, as it needs Python. */
const rounds = Number(process.env["FUZZ_ROUNDS"] ?? 0);
const firstSeed = Number(process.env["FUZZ_SEED"] ?? 1);

/** What differs on purpose: see differences.json. */
const onPurpose =
  /<generator|object at 0x|<built-in|<bound|reverseiterator|<function|Markup\(|\bUndefined[,\]}]/;

const modes: readonly UndefinedMode[] = ["strict", "lenient", "chainable"];

function ours(template: string, seed: number): string {
  try {
    const mode = modes[seed % modes.length] ?? "strict";
    return parseTemplate(template, optionsOf(seed)).render(variables, { undefined: mode });
  } catch (error) {
    if (isPromptSyncError(error)) return "(error)";
    throw error;
  }
}

describe("random templates", () => {
  test.runIf(rounds > 0)("render what Jinja2 renders, and fail where it fails", { timeout: 0 }, () => {
    const seeds = Array.from({ length: rounds }, (_, index) => firstSeed + index);
    const cases = seeds.map((seed) => ({
      template: generate(seed),
      variables,
      options: optionsOf(seed),
      undefined: modes[seed % modes.length],
    }));
    const answers = askJinja(cases) as readonly { readonly text?: string }[];
    const differences = answers.flatMap((jinja, index) => {
      const { template } = cases[index]!;
      const theirs = jinja.text ?? "(error)";
      const own = ours(template, seeds[index]!);
      return own === theirs || onPurpose.test(theirs) ? [] : [{ seed: seeds[index], template, theirs, own }];
    });
    expect(differences).toEqual([]);
  });

  test("give text or an error of ours", () => {
    for (let seed = 1; seed <= 500; seed += 1) ours(generate(seed), seed);
  });
});

describe("stock nunjucks, where it means what Jinja means", () => {
  test.each([
    ["Hello {{ name }}!", "a variable"],
    ["{% for doc in docs %}{{ loop.index }}. {{ doc.title | upper }}\n{% endfor %}", "a loop with a filter"],
    ["{% if user.age > 18 %}adult{% else %}minor{% endif %}", "a condition"],
    [
      "{% set total = 0 %}{{ total + 1 }} {{ words | join(', ') }} {{ words | first | lower }}",
      "set and join",
    ],
    ["{% macro m(a, b='x') %}[{{ a }}{{ b }}]{% endmacro %}{{ m('1') }}{{ m('1', b='2') }}", "a macro"],
    ["{{ missing | default('none') }} {{ name | replace('Ada', 'Bo') }} {{ name | length }}", "filters"],
    ["a {%- if true -%} b {%- endif -%} c {# note #} {% raw %}{{ x }}{% endraw %}", "white space"],
  ])("%s", (source) => {
    const environment = new nunjucks.Environment(null, { autoescape: false });
    expect(parseTemplate(source).render(variables)).toBe(environment.renderString(source, variables));
  });
});
