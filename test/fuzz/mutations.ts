import fc from "fast-check";

/** More with `FUZZ_RUNS=5000 FUZZ_SEED=1`. */
export const runs = (numRuns: number): { readonly numRuns: number; readonly seed: number } => ({
  numRuns: process.env["FUZZ_RUNS"] === undefined ? numRuns : Number(process.env["FUZZ_RUNS"]),
  seed: Number(process.env["FUZZ_SEED"] ?? 20261102),
});

/** What parsers stumble over: structure, magic words, odd characters, huge and empty things. */
const pieces = [
  ..."---|...|: |- |? |#|&a|*a|!!js/function|<<: *a|{|}|[|]|,|\"|'|>-|\\|+9|%YAML 1.1|\t|\r\n|\n\n|\u0000".split(
    "|",
  ),
  ...["\ufeff", "\u2028", "\u202e", "\ud800", "\u001b[2J", "用户", "\u0301", "😀"],
  ...[
    "__proto__: 1",
    "constructor: {}",
    "toString",
    "null",
    "~",
    "no",
    "1.10",
    "0x1f",
    ".inf",
    "2026-11-02",
    "1e999",
  ],
  ...[
    "<<<<<<< ours",
    "=======",
    ">>>>>>> theirs",
    "{{ x }}",
    "{% if",
    "{#",
    "%}",
    "$(touch attacked)",
    "../../etc/passwd",
  ],
  ...["[".repeat(3000), "{a: ".repeat(300), "a: ".repeat(200), "x".repeat(70_000), "- ".repeat(400)],
  "",
];

interface Cut {
  readonly at: number;
  readonly length: number;
  readonly piece: string;
}

const cut = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.oneof(fc.constant(0), fc.nat({ max: 4 }), fc.nat({ max: 60 })),
  piece: fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: "binary", maxLength: 8 })),
});

const apply = (text: string, { at, length, piece }: Cut): string => {
  const start = Math.floor(at * text.length);
  return text.slice(0, start) + piece + text.slice(start + length);
};

/** Lines in another order, doubled or left out. */
const shuffled = (text: string): fc.Arbitrary<string> => {
  const lines = text.split("\n");
  return fc
    .array(fc.nat({ max: lines.length - 1 }), { minLength: 1, maxLength: lines.length + 4 })
    .map((order) => order.map((index) => lines[index]).join("\n"));
};

/** A valid text that was damaged in a few places, or noise. */
export function damaged(...texts: readonly string[]): fc.Arbitrary<string> {
  const valid = fc.constantFrom(...texts);
  return fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .tuple(valid, fc.array(cut, { minLength: 1, maxLength: 4 }))
        .map(([text, cuts]) => cuts.reduce(apply, text)),
    },
    { weight: 2, arbitrary: valid.chain(shuffled) },
    { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 200 }) },
  );
}

/** A text of one line that no control character breaks. */
export const line = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 30 })
  .map((text) => text.replaceAll(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, "x").trim())
  .filter((text) => text !== "");
