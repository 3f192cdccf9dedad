import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isPromptSyncError } from "../../src/core/errors.js";
import { parseTemplate, type RenderOptions } from "../../src/template/index.js";
import { transpile } from "./transpile.js";

const variables = { name: "Ada", list: [1, 2, 3], user: { name: "Ada" }, text: "abc" };
const options: RenderOptions = { undefined: "lenient", limits: { now: () => performance.now() } };

/** The text or the code of our error, and the milliseconds that it took. */
function attack(source: string): { readonly result: string; readonly took: number } {
  const start = performance.now();
  let result: string;
  try {
    result = parseTemplate(source, { load: (name) => (name === "self" ? source : null) }).render(
      variables,
      options,
    );
  } catch (error) {
    if (!isPromptSyncError(error)) throw error;
    result = error.code;
  }
  return { result, took: performance.now() - start };
}

describe("a template cannot reach the host", () => {
  test.each([
    "{{ name.constructor }}",
    "{{ name.constructor.constructor('return process')() }}",
    "{{ name['constructor']['constructor']('return this')() }}",
    "{{ list.constructor }}",
    "{{ user.constructor }}",
    "{{ user.__proto__ }}",
    "{{ user['__proto__'] }}",
    "{{ user.__proto__.polluted }}",
    "{{ user.toString }}",
    "{{ user.toString() }}",
    "{{ user.hasOwnProperty('name') }}",
    "{{ user.valueOf() }}",
    "{{ list.map }}",
    "{{ list.push(1) }}",
    "{{ list.filter }}",
    "{{ name.replaceAll('a', 'b') }}",
    "{{ name.length }}",
    "{{ list.length }}",
    "{{ name.__class__.__mro__[1].__subclasses__() }}",
    "{{ ''.__class__.__base__ }}",
    "{{ self.__init__.__globals__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ joiner.__init__.__globals__ }}",
    "{{ namespace.__init__ }}",
    "{{ range.constructor('return process')() }}",
    "{{ range.call }}",
    "{{ range.constructor }}",
    "{{ loop.__class__ }}",
    "{% for x in list %}{{ loop.constructor }}{% endfor %}",
    "{% for x in list %}{{ loop.items }}{{ loop.recurse }}{% endfor %}",
    "{% macro m() %}{% endmacro %}{{ m.body }}{{ m.shape }}{{ m.constructor }}",
    "{% macro m() %}{% endmacro %}{{ m.__globals__ }}{{ m._func }}",
    "{{ (1).constructor }}",
    "{{ true.constructor }}",
    "{{ none.constructor }}",
    "{{ nope.constructor }}",
    "{{ globalThis }}",
    "{{ process }}",
    "{{ require }}",
    "{{ this }}",
    "{{ arguments }}",
    "{{ frame }}{{ context }}{{ env }}{{ environment }}",
    "{{ name|attr('constructor') }}",
    "{{ user|attr('__proto__') }}",
    "{{ list|map(attribute='constructor')|list|join }}",
    "{{ [user]|map(attribute='__proto__')|list|join }}",
    "{{ [user]|selectattr('__proto__')|list|length or '' }}",
    "{{ [user]|groupby('__proto__')|first|first }}",
    "{{ '{0.constructor}'.format(name) }}",
    "{{ '{0.__proto__}'.format(user) }}",
    "{{ '{0[__proto__]}'.format(user) }}",
    "{{ '%(__proto__)s' % user }}",
    "{{ dict(__proto__=1).polluted }}",
    "{{ {'__proto__': {'polluted': 1}}.polluted }}",
    "{{ namespace(constructor=1).toString }}",
    "{{ super.constructor }}",
    "{{ caller.constructor }}",
    "{{ varargs }}{{ kwargs }}",
    "{{ global.process.exit() }}",
  ])("%s", (source) => {
    const { result } = attack(source);
    expect(["", "TEMPLATE_UNDEFINED", "TEMPLATE_TYPE", "TEMPLATE_SYNTAX"]).toContain(result);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test.each([
    "{{ x() }}",
    "{{ require('child_process').execSync('id') }}",
    "{{ eval('1') }}",
    "{{ Function('return 1')() }}",
    "{% set true = 1 %}",
    "{{ /regex/ }}",
    "{{ 1 === 1 }}",
    "{{ `template` }}",
    "{{ a'b }}",
    "{{ x => 1 }}",
    "{{ x; y }}",
    "{{ x = 1 }}",
    "{% switch x %}{% endswitch %}",
    "{% eval 1 %}",
    "{{ import('fs') }}",
    "{{ x ? 1 : 2 }}",
    "{{ x && y }}",
    "{{ [1, 2) }}",
    "{{ lipsum() }}",
    "{{ list|random }}",
    "{{ now() }}",
  ])("%s does not parse", (source) => {
    expect(() => parseTemplate(source)).toThrow(expect.objectContaining({ code: "TEMPLATE_SYNTAX" }));
  });
});

describe("a template cannot hang or fill the memory", () => {
  const deep = (open: string, close: string, times: number) => `${open.repeat(times)}1${close.repeat(times)}`;
  test.each([
    ["a long range", "{% for i in range(10**12) %}{% endfor %}"],
    ["a long list", "{{ range(10**12)|list }}"],
    ["a sum of a long range", "{{ range(10**9)|sum }}"],
    [
      "nested loops",
      "{% for a in range(1000) %}{% for b in range(1000) %}{% for c in range(1000) %}{% endfor %}{% endfor %}{% endfor %}",
    ],
    [
      "loops over a list",
      "{% for a in list * 1000 %}{% for b in list * 1000 %}{{ a + b }}{% endfor %}{% endfor %}",
    ],
    ["a repeated text", "{{ 'a' * 10**12 }}"],
    ["a repeated list", "{{ [1] * 10**12 }}"],
    ["a repeated tuple", "{{ (1, 2) * 10**9 }}"],
    ["a wide format", "{{ '%9999999d'|format(1) }}"],
    ["a precise format", "{{ '%.9999999f'|format(1) }}"],
    ["a wide brace format", "{{ '{:9999999}'.format(1) }}"],
    ["a wide star format", "{{ '%*d' % (99999999, 1) }}"],
    ["a wide center", "{{ 'a'|center(10**10) }}"],
    ["a wide ljust", "{{ 'a'.ljust(10**10) }}"],
    ["a wide zfill", "{{ '1'.zfill(10**10) }}"],
    ["a wide indent", "{{ 'a\nb'|indent(10**10) }}"],
    ["a wide tab", "{{ '\t'.expandtabs(10**10) }}"],
    ["a wide json", "{{ [1]|tojson(10**10) }}"],
    ["a large power", "{{ 10**100000 }}"],
    [
      "a large product",
      "{% set ns = namespace(x=10**4000) %}{% for i in range(100) %}{% set ns.x = ns.x * ns.x %}{% endfor %}",
    ],
    [
      "a text that doubles",
      "{% set ns = namespace(x='aaaaaaaa') %}{% for i in range(100) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}",
    ],
    [
      "a text that doubles by joining",
      "{% set ns = namespace(x='aaaaaaaa') %}{% for i in range(100) %}{% set ns.x = [ns.x, ns.x]|join %}{% endfor %}",
    ],
    [
      "a text that doubles by replacing",
      "{% set ns = namespace(x='aa') %}{% for i in range(100) %}{% set ns.x = ns.x|replace('a', 'aa') %}{% endfor %}",
    ],
    [
      "a list that doubles",
      "{% set ns = namespace(x=[1]) %}{% for i in range(100) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
    ],
    [
      "a list that extends itself",
      "{% set x = [1] %}{% for i in range(100) %}{% do x.extend(x) %}{% endfor %}",
    ],
    [
      "a list that grows while it is read",
      "{% set x = [1] %}{% for i in x %}{% do x.append(i) %}{% endfor %}",
    ],
    [
      "values inside each other",
      "{% set ns = namespace(x=[]) %}{% for i in range(60) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ ns.x }}",
    ],
    [
      "comparing them",
      "{% set a = namespace(x=[]) %}{% set b = namespace(x=[]) %}{% for i in range(60) %}{% set a.x = [a.x, a.x] %}{% set b.x = [b.x, b.x] %}{% endfor %}{{ a.x == b.x }}",
    ],
    [
      "writing them as JSON",
      "{% set ns = namespace(x=[]) %}{% for i in range(60) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ ns.x|tojson }}",
    ],
    ["a list that holds itself", "{% set x = [] %}{% do x.append(x) %}{{ x }}"],
    ["a list that holds itself, as JSON", "{% set x = [] %}{% do x.append(x) %}{{ x|tojson }}"],
    [
      "a list that holds itself, compared",
      "{% set x = [] %}{% do x.append(x) %}{% set y = [] %}{% do y.append(y) %}{{ x == y }}",
    ],
    ["a dict that holds itself", "{% set x = {} %}{% do x.update(x=x) %}{{ x|pprint }}"],
    ["a recursive macro", "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}"],
    [
      "two recursive macros",
      "{% macro a() %}{{ b() }}{{ b() }}{% endmacro %}{% macro b() %}{{ a() }}{{ a() }}{% endmacro %}{{ a() }}",
    ],
    ["a recursive caller", "{% macro m() %}{% call m() %}{{ caller() }}{% endcall %}{% endmacro %}{{ m() }}"],
    ["a recursive loop", "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}"],
    ["a block that calls itself", "{% block a %}{{ self.a() }}{% endblock %}"],
    ["a template that includes itself", "{% include 'self' %}"],
    ["a template that imports itself", "{% import 'self' as s %}"],
    ["a template that extends itself", "{% extends 'self' %}"],
    ["deep brackets", `{{ ${deep("(", ")", 50_000)} }}`],
    ["deep lists", `{{ ${deep("[", "]", 50_000)} }}`],
    ["deep conditions", `${"{% if 1 %}".repeat(5_000)}x${"{% endif %}".repeat(5_000)}`],
    ["deep loops", `${"{% for x in [1] %}".repeat(5_000)}x${"{% endfor %}".repeat(5_000)}`],
    ["a long sum", `{{ 1${" + 1".repeat(50_000)} }}`],
    ["a long chain of attributes", `{{ user${".a".repeat(50_000)} }}`],
    ["a long chain of filters", `{{ name${"|upper".repeat(50_000)} }}`],
    ["a long chain of nots", `{{ ${"not ".repeat(50_000)}1 }}`],
    ["a long chain of minuses", `{{ ${"-".repeat(50_000)}1 }}`],
    ["a long chain of conditions", `{{ 1${" if 1 else 1".repeat(50_000)} }}`],
    ["deep targets", `{% set ${deep("(", ",)", 10_000).replace("1", "a")} = 1 %}`],
    ["a long source", "x".repeat(1_000_001)],
    [
      "many dictionary methods",
      "{% for i in range(10**6) %}{% set x = user.items()|list|string|upper|lower %}{% endfor %}",
    ],
    ["a large sort in a loop", "{% for i in range(10**6) %}{% set x = range(1000)|sort %}{% endfor %}"],
    ["a large join in a loop", "{% for i in range(10**6) %}{% set x = range(1000)|join(',') %}{% endfor %}"],
  ])("%s", (_, source) => {
    const { result, took } = attack(source);
    expect(["TEMPLATE_LIMIT", "TEMPLATE_INCLUDE"]).toContain(result);
    expect(took).toBeLessThan(2_500);
  });

  test.each([
    ["blanks before a tag", `${" ".repeat(90_000)}{{- name }}`, "Ada"],
    ["blanks inside a tag", `{{${" ".repeat(90_000)}name }}`, "Ada"],
    ["line breaks between tags", `{%- if true -%}${"\n".repeat(90_000)}{%- endif -%}`, ""],
    ["blanks in a comment", `{#${" ".repeat(90_000)}#}`, ""],
    ["blanks before raw", `{%${" ".repeat(90_000)}raw %}a{% endraw %}`, "a"],
    ["braces", "{ ".repeat(90_000), "{ ".repeat(90_000)],
    ["a striptags of open tags", "{{ ('<' * 90000)|striptags|length }}", "90000"],
    ["a trim of blanks", "{{ (' ' * 90000 ~ 'x')|trim }}", "x"],
    ["a title of blanks", "{{ (' ' * 90000)|title|length }}", "90000"],
    ["a wordwrap of one word", "{{ ('a' * 90000)|wordwrap(80)|length }}", "91124"],
    ["a wordcount", "{{ ('a ' * 90000)|wordcount }}", "90000"],
    ["a float that is none", "{{ ('1' * 90000 ~ 'x')|float }}", "0.0"],
    ["an int that is none", "{{ ('1_' * 2000)|int }}", "0"],
  ])("%s take linear time", (_, source, expected) => {
    // The fastest of three: a machine that does other things is no attack, and may use up the time of a render.
    const tries = [attack(source), attack(source), attack(source)].sort((a, b) => a.took - b.took);
    expect(tries[0]?.result).toBe(expected);
    expect(tries[0]?.took).toBeLessThan(1_000);
  });
});

describe("the caller's values are data", () => {
  const render =
    (value: unknown, source = "{{ value }}{{ value.x }}") =>
    () =>
      parseTemplate(source).render({ value });
  const refusal = (message: RegExp) =>
    expect.objectContaining({ code: "TEMPLATE_TYPE", message: expect.stringMatching(message) });

  test.each([
    ["a function", () => "called", /`value` is a function/],
    ["a symbol", Symbol("s"), /`value` is a symbol/],
    ["a date", new Date(0), /`value` is an instance of `Date`/],
    ["a map", new Map(), /`value` is an instance of `Map`/],
    [
      "an instance",
      new (class Account {
        readonly id = 1;
      })(),
      /`value` is an instance of `Account`/,
    ],
    ["a promise", Promise.resolve(1), /`value` is an instance of `Promise`/],
    ["a regular expression", /a/, /`value` is an instance of `RegExp`/],
    ["a method in an object", { x: () => 1 }, /`x` is a function/],
  ])("%s is refused", (_, value, message) => {
    expect(render(value)).toThrow(refusal(message));
  });

  test("a getter is not run", () => {
    let runs = 0;
    const value = {
      get x() {
        runs += 1;
        return 1;
      },
    };
    const list = Object.defineProperty([1], 0, { get: () => (runs += 1), enumerable: true });
    expect(render(value, "{{ value.x }}")).toThrow(refusal(/`x` is computed by a getter/));
    expect(render(value, "{{ value }}")).toThrow(refusal(/`x` is computed by a getter/));
    expect(render(list)).toThrow(refusal(/`value\[0\]` is computed by a getter/));
    expect(runs).toBe(0);
  });

  test("a proxy that throws becomes an error of ours", () => {
    const trap = () => {
      throw new Error("trapped");
    };
    const hostile = new Proxy({}, { getOwnPropertyDescriptor: trap, ownKeys: trap, getPrototypeOf: trap });
    expect(render(hostile)).toThrow(refusal(/cannot be read/));
    expect(render({ x: hostile }, "{{ value.x }}")).toThrow(refusal(/cannot be read/));
    const all = () => parseTemplate("{{ value }}").render(hostile);
    expect(all).toThrow(refusal(/cannot be read/));
    const { proxy, revoke } = Proxy.revocable([], {});
    revoke();
    expect(render(proxy)).toThrow(refusal(/cannot be read/));
  });

  test("circular data is fine until it is printed", () => {
    const value: Record<string, unknown> = { x: 1 };
    value["self"] = value;
    expect(render(value, "{{ value.self.self.x }}")()).toBe("1");
    expect(render(value, "{{ value }}")).toThrow(expect.objectContaining({ code: "TEMPLATE_LIMIT" }));
    const list: unknown[] = [];
    list.push(list);
    expect(render(list)).toThrow(expect.objectContaining({ code: "TEMPLATE_LIMIT" }));
  });

  test("a template changes its own copy only", () => {
    const value = { list: [1, { x: 1 }], map: { a: 1 } };
    const before = structuredClone(value);
    const source =
      "{% do value.list.append(2) %}{% do value.map.update(b=2) %}{% do value.list[1].clear() %}{{ value }}";
    const template = parseTemplate(source);
    const first = template.render({ value });
    expect(first).toBe("{'list': [1, {}, 2], 'map': {'a': 1, 'b': 2}}");
    expect(template.render({ value })).toBe(first);
    expect(value).toEqual(before);
  });

  test("inherited, hidden and symbol properties do not exist", () => {
    const value = Object.defineProperty({ [Symbol("s")]: 1 }, "hidden", { value: 1 });
    expect(render(value, "{{ value }}{{ value.hidden is defined }}")()).toBe("{}False");
    expect(parseTemplate("{{ toString is defined }}{{ __proto__ is defined }}").render({})).toBe(
      "FalseFalse",
    );
  });

  test("a key called `__proto__` is a key like any other", () => {
    const value: unknown = JSON.parse('{"__proto__": {"polluted": 1}}');
    expect(render(value, "{{ value.__proto__.polluted }}{{ value.polluted is defined }}")()).toBe("1False");
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test("what a value says is text, never a template", () => {
    expect(render("{{ 7 * 7 }}{% raw %}", "{{ value }}{{ value|upper }}")()).toBe(
      "{{ 7 * 7 }}{% raw %}{{ 7 * 7 }}{% RAW %}",
    );
  });
});

describe("no code is generated", () => {
  const folder = mkdtempSync(join(tmpdir(), "promptsync-template-"));
  beforeAll(() => {
    transpile(folder);
    symlinkSync(new URL("../../node_modules", import.meta.url).pathname, join(folder, "node_modules"));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test("the engine runs where `new Function` and `eval` are forbidden", () => {
    const program = `
      import { parseTemplate } from "./template/index.js";
      try { new Function("return 1")(); process.exit(3); } catch (error) { if (!(error instanceof EvalError)) process.exit(4); }
      const source = "{% macro m(a) %}{{ a|upper }}{% endmacro %}{% for x in list if x %}{{ m(x) }}{{ loop.index }}{% endfor %}{{ '%s' % 1 }}";
      process.stdout.write(parseTemplate(source).render({ list: ["a", "", "b"] }));`;
    const flags = ["--disallow-code-generation-from-strings", "--input-type=module", "-e", program];
    expect(execFileSync(process.execPath, flags, { cwd: folder, encoding: "utf8" })).toBe("A1B21");
  });
});
