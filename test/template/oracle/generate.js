// Makes random templates over a small story, the same ones for the same seed.

/** Variables that every generated template can read. */
export const variables = {
  name: "Ada Lovelace",
  count: 3,
  ratio: 2.5,
  debt: -7,
  ready: true,
  nothing: null,
  empty: "",
  note: "It's  a <b>test</b>, isn't it?\nSecond line 😀 ß",
  words: ["banana", "Apple", "cherry", "apple", "Éclair"],
  numbers: [3, 1, 2.5, -4, 10],
  mixed: [1, "two", null, true, 3.5, ["x"], { k: "v" }],
  user: { name: "Bo", age: 36, tags: ["a", "b"], address: { city: "Oslo", zip: "N1" } },
  docs: [
    { title: "Refunds", score: 0.91, tags: ["a", "b"], year: 2020 },
    { title: "shipping", score: 0.75, tags: [], year: 2021 },
    { title: "Returns", score: 0.91, tags: ["a"], year: 2020 },
  ],
};

/** A stream of numbers in [0, 1) that depends on nothing but the seed (mulberry32). */
function stream(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value = (value + Math.imul(value ^ (value >>> 7), value | 61)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A random template. */
export function generate(seed) {
  const random = stream(seed);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const chance = (likely) => random() < likely;
  const many = (make, most) => Array.from({ length: Math.floor(random() * (most + 1)) }, make);
  let fresh = 0;

  const text = (names, depth) =>
    pick([
      () =>
        pick([
          "'a'",
          '"Hello World"',
          "'x y  z'",
          "''",
          "'éß'",
          "'1.5'",
          "' 42 '",
          "'a,b,,c'",
          "'%s-%s'",
          "'😀!'",
        ]),
      () =>
        pick([
          "name",
          "note",
          "empty",
          "user.name",
          "user['address'].city",
          "words[1]",
          "docs[0].title",
          ...names,
        ]),
      () => (depth > 0 ? `${any(names, depth - 1)} ~ ${any(names, depth - 1)}` : "name"),
      () => (depth > 0 ? `${atom(names, depth - 1)}|${textFilter(names, depth - 1)}` : "'q'"),
      () => `${pick(["name", "note", "'a b c'", "words[0]"])}.${method(names)}`,
    ])();

  const method = () =>
    pick([
      "upper()",
      "lower()",
      "title()",
      "strip()",
      "split()",
      "split(' ', 1)",
      "replace('a', 'b')",
      "startswith('A')",
      "find('a')",
      "count('a')",
      "zfill(12)",
      "center(20, '*')",
      "ljust(14)",
      "rsplit(' ', 1)",
      "partition(' ')",
      "splitlines()",
      "isalpha()",
      "swapcase()",
      "capitalize()",
      "endswith(('e', 'a'))",
      "join(words)",
      "rpartition('a')",
      "removeprefix('A')",
      "isupper()",
    ]);

  const textFilter = (names, depth) =>
    pick([
      () =>
        pick([
          "upper",
          "lower",
          "title",
          "capitalize",
          "trim",
          "length",
          "wordcount",
          "list",
          "reverse",
          "string",
          "e",
          "striptags",
          "urlencode",
          "tojson",
          "first",
          "last",
          "int",
          "float",
          "unique|list",
          "sort",
          "pprint",
        ]),
      () => `truncate(${pick([5, 10, 20])}${pick(["", ", true", ", false, '~'", ", true, '', 0"])})`,
      () => `default(${atom(names, depth)}${pick(["", ", true"])})`,
      () => `replace('a', ${pick(["'-'", "''", "'aa'"])}${pick(["", ", 1"])})`,
      () => `indent(${pick(["", "2", "2, true", "3, false, true"])})`,
      () => `wordwrap(${pick([5, 8, 12])})`,
      () => `center(${pick([3, 15, 20])})`,
    ])();

  const number = (names, depth) =>
    pick([
      () => pick(["0", "1", "2", "7", "-3", "1.5", "0.1", "1e3", "100", "10.0", "1_000", "0x1f"]),
      () => pick(["count", "ratio", "debt", "user.age", "numbers[2]", "docs[1].score", "ready"]),
      () =>
        depth > 0
          ? `(${number(names, depth - 1)} ${pick(["+", "-", "*", "/", "//", "%"])} ${number(names, depth - 1)})`
          : "2",
      () =>
        depth > 0
          ? `(${number(names, depth - 1)})|${pick(["abs", "round", "round(1)", "round(2, 'floor')", "round(0, 'ceil')", "int", "float", "string", "filesizeformat", "tojson"])}`
          : "3",
      () => `${pick(["words", "numbers", "docs", "user", "name", "[]"])}|length`,
      () => `2 ** ${pick([0, 3, 10, 70])}`,
    ])();

  const list = (names, depth) =>
    pick([
      () =>
        pick([
          "words",
          "numbers",
          "mixed",
          "docs",
          "user.tags",
          "docs[0].tags",
          "[]",
          "range(4)|list",
          "(1, 'a')",
          "user",
          "name",
        ]),
      () => `[${many(() => any(names, Math.max(0, depth - 1)), 3).join(", ")}]`,
      () => (depth > 0 ? `${list(names, 0)}|${listFilter(names)}` : "words"),
      () =>
        `${pick(["words", "numbers", "name", "[1, 2, 3, 4]", "(1, 2, 3)"])}[${pick(["1:", ":2", "::-1", "-2:", "1:4:2", "3:0:-1", ":-1", "::2"])}]`,
    ])();

  const listFilter = () =>
    pick([
      "sort",
      "sort(reverse=true)",
      "sort(attribute='score')",
      "sort(attribute='year,title')",
      "reverse|list",
      "unique|list",
      "list",
      "map('upper')|list",
      "map('string')|list",
      "map(attribute='title')|list",
      "map(attribute='tags.0', default='-')|list",
      "select|list",
      "reject('none')|list",
      "select('string')|list",
      "select('number')|list",
      "selectattr('tags')|list",
      "rejectattr('tags')|list",
      "selectattr('score', 'gt', 0.8)|list",
      "batch(2)|list",
      "batch(2, 'f')|list",
      "slice(3)|list",
      "slice(2, 'f')|list",
      "groupby('year')",
      "groupby('score')|list",
      "first",
      "last",
      "join(', ')",

      "min",
      "max",
      "sum",
      "length",
      "tojson",
      "sum(attribute='year')",
      "max(attribute='score')",
      "map('length')|list",
      "map('int')|list",
      "tojson(indent=2)",
      "pprint",
      "string",
    ]);

  const truth = (names, depth) =>
    pick([
      () =>
        pick([
          "ready",
          "nothing",
          "empty",
          "true",
          "false",
          "count > 2",
          "name == 'x'",
          "missing is defined",
          "missing",
        ]),
      () =>
        `${atom(names, 0)} is ${pick(["", "not "])}${pick(["defined", "none", "string", "number", "odd", "even", "mapping", "sequence", "iterable", "lower", "upper", "integer", "float", "boolean", "true", "divisibleby 3", "in words", "eq 3", "sameas none"])}`,
      () => `${any(names, 0)} ${pick(["==", "!=", "<", "<=", ">", ">=", "in", "not in"])} ${any(names, 0)}`,
      () =>
        depth > 0 ? `${truth(names, depth - 1)} ${pick(["and", "or"])} ${truth(names, depth - 1)}` : "ready",
      () => (depth > 0 ? `not ${truth(names, depth - 1)}` : "not ready"),
      () => `${number(names, 0)} < ${number(names, 0)} <= ${number(names, 0)}`,
    ])();

  const atom = (names, depth) => {
    const expression = pick([text, number, list])(names, depth);
    return /^[\w.[\]']+$/.test(expression) ? expression : `(${expression})`;
  };

  const any = (names, depth) =>
    pick([
      () => pick([text, text, number, list, truth])(names, depth),
      () => `(${any2(names, depth)} if ${truth(names, 0)} else ${any2(names, depth)})`,
      () => `{${many(() => `${pick(["'k'", "1", "'b'", "none", "2.5"])}: ${atom(names, 0)}`, 3).join(", ")}}`,
    ])();
  const any2 = (names, depth) => pick([text, number, list])(names, Math.max(0, depth - 1));

  const blank = () => pick(["", "", "", " ", "\n", "  \n  ", "\n\n"]);
  const open = () => pick(["{%", "{%", "{%", "{%-", "{%+"]);
  const close = () => pick(["%}", "%}", "%}", "-%}"]);

  const statement = (names, depth) =>
    pick([
      () => pick(["plain text", "a, b", "Line\n", "  indented\n", "{# note #}", "{#- note -#}"]),
      () => `{{${pick(["", "-"])} ${any(names, 2)} ${pick(["", "-"])}}}`,
      () => `{{ ${any(names, 1)} }}`,
      () => {
        const own = `v${(fresh += 1)}`;
        return `${open()} set ${own} = ${any(names, 1)} ${close()}${body([...names, own], depth - 1)}`;
      },
      () =>
        `${open()} if ${truth(names, 1)} ${close()}${body(names, depth - 1)}${chance(0.5) ? `{% else %}${body(names, depth - 1)}` : ""}${open()} endif ${close()}`,
      () => {
        const own = `i${(fresh += 1)}`;
        const shown = pick([
          "{{ loop.index }}",
          "{{ loop.last }}",
          "{{ loop.revindex0 }}",
          "{{ loop.cycle('a', 'b') }}",
          "{{ loop.previtem }}",
          "",
          "",
        ]);
        const test = chance(0.2)
          ? ` if ${pick([`${own} is defined`, `${own} is string`, `${own} is number`])}`
          : "";
        return `${open()} for ${own} in ${list(names, 1)}${test} ${close()}${shown}${body([...names, own], depth - 1)}${chance(0.3) ? "{% else %}none" : ""}${open()} endfor ${close()}`;
      },
      () =>
        `{% filter ${pick(["upper", "trim", "indent(2)", "replace('a', 'b')", "title"])} %}${body(names, depth - 1)}{% endfilter %}`,
      () => `{% with w = ${any(names, 1)} %}${body([...names, "w"], depth - 1)}{% endwith %}`,
      () => {
        const own = `m${(fresh += 1)}`;
        return `{% macro ${own}(p, q='d') %}${body(["p", "q"], depth - 1)}{% endmacro %}{{ ${own}(${any(names, 1)}${pick(["", ", 5", ", q='z'"])}) }}`;
      },
      () => {
        const own = `b${(fresh += 1)}`;
        return `{% set ${own} ${pick(["", "| upper ", "| trim "])}%}${body(names, depth - 1)}{% endset %}{{ ${own} }}`;
      },
      () => `{% raw %}{{ ${pick(["x", "{% if"])} }}{% endraw %}`,
    ])();

  const body = (names, depth) =>
    depth <= 0
      ? `{{ ${any(names, 1)} }}`
      : many(() => blank() + statement(names, depth), 2).join("") + blank();

  return Array.from({ length: 1 + Math.floor(random() * 3) }, () => statement([], 3)).join(blank());
}

/** Options for a template, from its seed. */
export function optionsOf(seed) {
  return {
    trimBlocks: (seed & 1) === 1,
    lstripBlocks: (seed & 2) === 2,
    keepTrailingNewline: (seed & 4) === 4,
  };
}
