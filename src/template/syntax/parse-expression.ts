import { lookUp } from "../builtins/look-up.js";
import type { ArithmeticOperator } from "../values/arithmetic.js";
import type { CompareOperator } from "../values/compare.js";
import { checkArguments, noArguments, parseArguments } from "./parse-arguments.js";
import { parsePrimary } from "./parse-primary.js";
import type { Reader } from "./reader.js";
import type { Arguments, Expression, Filter } from "./tree.js";

/** Parses an expression: `a if b else c` and everything that binds tighter. */
export function parseExpression(reader: Reader): Expression {
  return reader.nested(() => {
    let then = parseOr(reader);
    while (reader.is("name", "if")) {
      const { at } = reader.next();
      const test = parseOr(reader);
      const otherwise = reader.skip("name", "else") ? parseExpression(reader) : null;
      then = { kind: "conditional", at, test, then, otherwise };
      reader.deepen();
    }
    return then;
  });
}

/** Parses an expression without a conditional: what stands after `in` and `if`. */
export function parseOr(reader: Reader): Expression {
  const { depth } = reader;
  let left = parseAnd(reader);
  while (reader.is("name", "or")) {
    const { at } = reader.next();
    left = { kind: "or", at, left, right: parseAnd(reader) };
    reader.deepen();
  }
  reader.rise(depth);
  return left;
}

function parseAnd(reader: Reader): Expression {
  const { depth } = reader;
  let left = parseNot(reader);
  while (reader.is("name", "and")) {
    const { at } = reader.next();
    left = { kind: "and", at, left, right: parseNot(reader) };
    reader.deepen();
  }
  reader.rise(depth);
  return left;
}

function parseNot(reader: Reader): Expression {
  if (!reader.is("name", "not")) return parseCompare(reader);
  const { at } = reader.next();
  return { kind: "not", at, operand: reader.nested(() => parseNot(reader)) };
}

const comparisons = ["==", "!=", "<", "<=", ">", ">="];

function parseCompare(reader: Reader): Expression {
  const first = parseLevel(reader, 0);
  const rest: { operator: CompareOperator; operand: Expression; at: number }[] = [];
  for (let operator = compareOperator(reader); operator !== null; operator = compareOperator(reader)) {
    const { at } = reader.next();
    if (operator === "not in") reader.next();
    rest.push({ operator, operand: parseLevel(reader, 0), at });
  }
  return rest.length === 0 ? first : { kind: "compare", at: first.at, first, rest };
}

function compareOperator(reader: Reader): CompareOperator | null {
  if (reader.is("operator", ...comparisons)) return reader.token.text as CompareOperator;
  if (reader.is("name", "in")) return "in";
  const isNotIn =
    reader.is("name", "not") && reader.following.kind === "name" && reader.following.text === "in";
  return isNotIn ? "not in" : null;
}

/** Operators from loose to tight; all are left-associative, `**` as well, as in Jinja. */
const levels: readonly (readonly string[])[] = [["+", "-"], ["~"], ["*", "/", "//", "%"], ["**"]];

function parseLevel(reader: Reader, level: number): Expression {
  const operators = levels[level];
  if (operators === undefined) return parseUnary(reader, true);
  const { depth } = reader;
  let left = parseLevel(reader, level + 1);
  if (operators[0] === "~") return parseConcat(reader, left, level + 1);
  while (reader.is("operator", ...operators)) {
    const { at, text } = reader.next();
    const right = parseLevel(reader, level + 1);
    left = { kind: "arithmetic", at, operator: text as ArithmeticOperator, left, right };
    reader.deepen();
  }
  reader.rise(depth);
  return left;
}

function parseConcat(reader: Reader, first: Expression, level: number): Expression {
  if (!reader.is("operator", "~")) return first;
  const parts = [first];
  while (reader.skip("operator", "~")) parts.push(parseLevel(reader, level));
  return { kind: "concat", at: first.at, parts };
}

/** A signed or plain operand with its attributes, calls, filters and tests. */
function parseUnary(reader: Reader, withFilters: boolean): Expression {
  const { depth } = reader;
  let operand: Expression;
  if (reader.is("operator", "-", "+")) {
    const { at, text } = reader.next();
    operand = {
      kind: "signed",
      at,
      operator: text as "-" | "+",
      operand: reader.nested(() => parseUnary(reader, false)),
    };
  } else {
    operand = parsePrimary(reader);
  }
  operand = parsePostfix(reader, operand);
  if (withFilters) operand = parseFilters(reader, operand);
  reader.rise(depth);
  return operand;
}

/** Attributes, items, slices and calls behind an operand. */
function parsePostfix(reader: Reader, start: Expression): Expression {
  let object = start;
  while (reader.is("operator", ".", "[", "(")) {
    const { text, at } = reader.token;
    if (text === "(") object = { kind: "call", at: object.at, callee: object, args: parseArguments(reader) };
    else object = text === "." ? parseDot(reader, object) : parseBracket(reader, object, at);
    reader.deepen();
  }
  return object;
}

function parseDot(reader: Reader, object: Expression): Expression {
  reader.next();
  const { token } = reader;
  if (token.kind === "integer") {
    const { at, text } = reader.next();
    return { kind: "item", at, object, index: { kind: "literal", at, value: Number(text) } };
  }
  const { at, text } = reader.expect("name");
  return { kind: "attribute", at, object, name: text };
}

function parseBracket(reader: Reader, object: Expression, at: number): Expression {
  reader.next();
  const parts: (Expression | Slicing)[] = [];
  while (!reader.is("operator", "]")) {
    if (parts.length > 0) reader.expect("operator", ",");
    parts.push(parseSubscript(reader));
  }
  reader.expect("operator", "]");
  const [only] = parts;
  if (only === undefined) throw reader.fail("expected an index between the brackets", "such as `[0]`", at);
  if (parts.length === 1)
    return "kind" in only
      ? { kind: "item", at, object, index: only }
      : { kind: "slice", at, object, ...only };
  const items = parts.map((part) => {
    if ("kind" in part) return part;
    throw reader.fail("a slice cannot be one of several indexes", undefined, at);
  });
  return { kind: "item", at, object, index: { kind: "tuple", at, items } };
}

interface Slicing {
  readonly start: Expression | null;
  readonly stop: Expression | null;
  readonly step: Expression | null;
}

function parseSubscript(reader: Reader): Expression | Slicing {
  const isOpen = (): boolean => reader.is("operator", ":", "]", ",");
  const start = reader.is("operator", ":") ? null : parseExpression(reader);
  if (!reader.skip("operator", ":")) return start as Expression;
  const stop = isOpen() ? null : parseExpression(reader);
  const step = reader.skip("operator", ":") && !isOpen() ? parseExpression(reader) : null;
  return { start, stop, step };
}

function parseFilters(reader: Reader, start: Expression): Expression {
  let subject = start;
  for (;;) {
    if (reader.skip("operator", "|")) subject = parseFilter(reader, subject);
    else if (reader.is("name", "is")) subject = parseTest(reader, subject);
    else if (reader.is("operator", "(")) {
      subject = { kind: "call", at: subject.at, callee: subject, args: parseArguments(reader) };
    } else return subject;
    reader.deepen();
  }
}

/** One filter, from its name on. */
export function parseFilter(reader: Reader, subject: Expression | null): Filter {
  const { at } = reader.token;
  const builtin = lookUp(reader.source, "filter", { name: dottedName(reader), at });
  const args = reader.is("operator", "(") ? parseArguments(reader) : noArguments;
  checkArguments(reader, { builtin, args, at });
  return { kind: "filter", at, builtin, subject, args };
}

function parseTest(reader: Reader, subject: Expression): Expression {
  reader.next();
  const negated = reader.skip("name", "not");
  const { at } = reader.token;
  const builtin = lookUp(reader.source, "test", { name: dottedName(reader), at });
  const args = reader.is("operator", "(") ? parseArguments(reader) : parseTestOperand(reader);
  checkArguments(reader, { builtin, args, at });
  const test: Expression = { kind: "test", at, builtin, subject, args };
  return negated ? { kind: "not", at, operand: test } : test;
}

/** `is divisibleby 3`: one argument without parentheses. */
function parseTestOperand(reader: Reader): Arguments {
  const { kind, text } = reader.token;
  const isOperand =
    kind === "string" ||
    kind === "integer" ||
    kind === "float" ||
    (kind === "name" && !["else", "or", "and"].includes(text)) ||
    reader.is("operator", "[", "{");
  if (!isOperand) return noArguments;
  if (reader.is("name", "is")) throw reader.fail("a test cannot follow a test", "join two tests with `and`");
  const operand = parsePostfix(reader, parsePrimary(reader));
  return { ...noArguments, positional: [operand] };
}

function dottedName(reader: Reader): string {
  let name = reader.expect("name").text;
  while (reader.skip("operator", ".")) name += `.${reader.expect("name").text}`;
  return name;
}
