import { describe, expect, test } from "vitest";
import { parseTemplate } from "../../src/template/index.js";

const variablesOf = (source: string) => parseTemplate(source).variables;

describe("required and optional", () => {
  test("a variable that is printed is required", () => {
    expect(variablesOf("Dear {{ customer }}")).toEqual({
      required: ["customer"],
      optional: [],
      paths: ["customer"],
    });
  });

  test.each([
    "{{ tone | default('formal') }}",
    "{{ tone | d('formal') }}",
    "{% if tone %}{{ tone }}{% endif %}",
    "{% if tone is defined %}{{ tone }}{% endif %}",
    "{% if tone is string and tone != '' %}{{ tone }}{% endif %}",
    "{% if not tone %}plain{% else %}{{ tone }}{% endif %}",
    "{% if tone is undefined %}plain{% else %}{{ tone }}{% endif %}",
    "{% if tone is not defined %}plain{% elif true %}{{ tone }}{% endif %}",
    "{{ tone if tone else 'formal' }}",
    "{{ tone or 'formal' }}",
    "{{ 'plain' if not tone else tone }}",
    "{% set tone = tone or 'formal' %}{{ tone }}",
    "{% set tone = tone | default('formal') %}{{ tone }}",
    "{% if not tone %}{% set tone = 'formal' %}{% endif %}{{ tone }}",
    "{% if tone %}{% for i in [1] %}{{ tone }}{% endfor %}{% endif %}",
    "{% if x is defined and tone is defined %}{{ tone }}{% endif %}",
  ])("%s does without `tone`", (source) => {
    const { required, optional } = variablesOf(source);
    expect(required).not.toContain("tone");
    expect(optional).toContain("tone");
    expect(() => parseTemplate(source).render({})).not.toThrow();
  });

  test.each([
    "{% if other %}{{ tone }}{% endif %}",
    "{% if tone == 'formal' %}x{% endif %}",
    "{% if tone or other %}{{ tone }}{% endif %}",
    "{{ tone and 'x' }}",
    "{% if tone %}{% endif %}{{ tone }}",
    "{% if tone %}{{ tone }}{% else %}{{ tone }}{% endif %}",
    "{{ tone | upper | default('x') }}",
    "{{ tone.name | default('x') }}",
    "{% for t in tone %}{{ t }}{% endfor %}",
    "{% if other %}{% set tone = 1 %}{% endif %}{{ tone }}",
    "{{ 'a' ~ tone }}",
    "{{ words | join(tone) }}",
    "{% include tone %}",
    "{% block b %}{{ tone }}{% endblock %}{% set tone = 1 %}",
  ])("%s needs `tone`", (source) => {
    expect(variablesOf(source).required).toContain("tone");
  });

  test.each([
    "{% set tone = 1 %}{{ tone }}",
    "{% for tone in [1] %}{{ tone }}{% endfor %}",
    "{% with tone = 1 %}{{ tone }}{% endwith %}",
    "{% macro m(tone) %}{{ tone }}{% endmacro %}{{ m(1) }}",
    "{% if true %}{% set tone = 1 %}{% else %}{% set tone = 2 %}{% endif %}{{ tone }}",
    "{% macro m() %}{{ tone }}{% endmacro %}{% set tone = 1 %}{{ m() }}",
    "{% set tone %}{{ tone }}{% endset %}",
    "{% for i in [1] %}{{ tone }}{% endfor %}{% set tone = 1 %}",
    "{% set tone = 1 %}{% block b %}{{ tone }}{% endblock %}",
    "{# {{ tone }} #}{% raw %}{{ tone }}{% endraw %}",
    "{{ range(3) | join }}{{ loop | default('') }}",
  ])("%s takes no `tone` from the caller", (source) => {
    const { required, optional } = variablesOf(source);
    expect([...required, ...optional]).not.toContain("tone");
  });
});

describe("paths and places", () => {
  test("attributes, items and loops are followed", () => {
    const source =
      "{{ user.name }}{{ user['mail'] }}{% for doc in docs %}{{ doc.title }}{{ doc.tags[0] }}{% endfor %}";
    expect(variablesOf(source).paths).toEqual([
      "user.name",
      "user.mail",
      "docs",
      "docs[].title",
      "docs[].tags[]",
    ]);
  });

  test("a computed key is a star", () => {
    expect(variablesOf("{{ prices[size] }}").paths).toEqual(["size", "prices[*]"]);
  });

  test("a local name stands for the path it was set from", () => {
    expect(variablesOf("{% set home = user.address %}{{ home.city }}").paths).toEqual([
      "user.address",
      "user.address.city",
    ]);
  });

  test("every use has its line and column", () => {
    const { uses } = parseTemplate("Hi {{ name }}\n{% if tone %}{{ tone }}{% endif %}");
    expect(uses.map(({ name, line, column, guarded }) => ({ name, line, column, guarded }))).toEqual([
      { name: "name", line: 1, column: 7, guarded: false },
      { name: "tone", line: 2, column: 7, guarded: true },
      { name: "tone", line: 2, column: 17, guarded: true },
    ]);
  });

  test("a method is no part of the path", () => {
    expect(variablesOf("{{ user.name.upper() }}").paths).toEqual(["user.name"]);
  });

  test("the last step of a path can be guarded alone", () => {
    const [use] = parseTemplate("{{ user.phone | default('none') }}").uses;
    expect(use).toMatchObject({ path: "user.phone", guarded: false, pathGuarded: true });
  });
});

describe("includes", () => {
  const templates: Record<string, string> = {
    "tone@1.0.0": "Speak in a {{ tone }} voice.",
    "macros@1.2.0": "{% macro card(title) %}{{ title }} {{ brand }}{% endmacro %}",
    "base@1.0.0": "{{ header }}{% block body %}{{ base_body }}{% endblock %}",
    circle: "{% include 'circle' %}",
  };
  const load = (name: string) => templates[name] ?? null;

  test("what an include needs, the template needs", () => {
    const template = parseTemplate("{{ name }} {% include 'tone@1.0.0' %}", { load });
    expect(template.variables.required).toEqual(["name", "tone"]);
    expect(template.uses.map((use) => use.template)).toEqual([null, "tone@1.0.0"]);
  });

  test("an include sees what is set around it", () => {
    const { required } = parseTemplate("{% set tone = 'dry' %}{% include 'tone@1.0.0' %}", {
      load,
    }).variables;
    expect(required).toEqual([]);
  });

  test("an import without context takes no variables", () => {
    const template = parseTemplate("{% import 'macros@1.2.0' as m %}{{ m.card(x) }}", { load });
    expect(template.variables.required).toEqual(["x"]);
  });

  test("a block that is filled does not need what the parent's block needs", () => {
    const { required } = parseTemplate("{% extends 'base@1.0.0' %}{% block body %}{{ own }}{% endblock %}", {
      load,
    }).variables;
    expect(required).toEqual(["header", "own"]);
  });

  test("references tell whether they are computed, may be missing and were found", () => {
    const { references } = parseTemplate(
      "{% include 'tone@1.0.0' %}\n{% include 'nope' ignore missing %}{% include which %}{% from 'macros@1.2.0' import card %}",
      { load },
    );
    expect(references).toEqual([
      {
        kind: "include",
        name: "tone@1.0.0",
        line: 1,
        column: 12,
        template: null,
        optional: false,
        found: true,
      },
      { kind: "include", name: "nope", line: 2, column: 12, template: null, optional: true, found: false },
      { kind: "include", name: null, line: 2, column: 47, template: null, optional: false, found: false },
      {
        kind: "import",
        name: "macros@1.2.0",
        line: 2,
        column: 63,
        template: null,
        optional: false,
        found: true,
      },
    ]);
  });

  test("a circle ends the analysis and fails the render", () => {
    const template = parseTemplate("{% include 'circle' %}", { load });
    expect(template.references.map(({ name }) => name)).toEqual(["circle", "circle"]);
    expect(() => template.render()).toThrow(
      expect.objectContaining({ code: "TEMPLATE_INCLUDE", file: "circle" }),
    );
  });
});
