import { parseBlock, parseExtends, parseFrom, parseImport, parseInclude } from "./parse-composition.js";
import { parseExpression, parseFilter, parseOr } from "./parse-expression.js";
import { parseCallBlock, parseMacro } from "./parse-macro.js";
import { parseMessage, parsePlaceholder } from "./parse-message.js";
import { parseTuple } from "./parse-primary.js";
import { parseBody, parseTupleExpression, parseWholeBody } from "./parse-body.js";
import { parseAttributeTarget, parseTarget } from "./parse-target.js";
import type { Reader } from "./reader.js";
import type { Token } from "./token.js";
import type { Body, Expression, Filter, Statement, Target } from "./tree.js";

/** Parses the rest of a tag whose name was taken, up to its close, with its body. */
type Parse = (reader: Reader, at: number) => Statement | readonly Statement[];

const statements: ReadonlyMap<string, Parse> = new Map<string, Parse>([
  ["if", parseIf],
  ["for", parseFor],
  ["set", parseSet],
  ["with", parseWith],
  ["macro", parseMacro],
  ["call", parseCallBlock],
  ["filter", parseFilterBlock],
  ["message", parseMessage],
  ["placeholder", parsePlaceholder],
  ["include", parseInclude],
  ["import", parseImport],
  ["from", parseFrom],
  ["extends", parseExtends],
  ["block", parseBlock],
  ["do", (reader, at) => ({ kind: "do", at, value: parseTupleExpression(reader) })],
  ["print", parsePrint],
  ["break", (reader, at) => leaveLoop(reader, "break", at)],
  ["continue", (reader, at) => leaveLoop(reader, "continue", at)],
]);

/** The names of all tags; `raw` is the lexer's. */
export const statementNames: readonly string[] = [...statements.keys(), "raw"];

/** Parses a statement by the name of its tag; null when there is no such tag. */
export function parseStatement(reader: Reader, name: Token): readonly Statement[] | null {
  const parsed = statements.get(name.text)?.(reader, name.at);
  if (parsed === undefined) return null;
  return "kind" in parsed ? [parsed] : parsed;
}

function parseIf(reader: Reader, at: number): Statement {
  const branches: { test: Expression; body: Body }[] = [];
  let otherwise: Body = [];
  const { depth } = reader;
  for (let name = "if"; name === "if" || name === "elif";) {
    const test = parseTuple(reader, { parse: parseOr, end: () => false });
    branches.push({ test, body: parseBody(reader, "elif", "else", "endif") });
    name = reader.next().text;
    if (name === "else") otherwise = parseWholeBody(reader, "endif");
    reader.deepen();
  }
  reader.rise(depth);
  return { kind: "if", at, branches, otherwise };
}

function parseFor(reader: Reader, at: number): Statement {
  const target = parseTarget(reader, "in");
  reader.expect("name", "in");
  const iterable = parseTuple(reader, { parse: parseOr, end: () => reader.is("name", "recursive") });
  const test = reader.skip("name", "if") ? parseExpression(reader) : null;
  const recursive = reader.skip("name", "recursive");
  const body = parseBody(reader, "endfor", "else");
  const otherwise = reader.next().text === "else" ? parseWholeBody(reader, "endfor") : [];
  return { kind: "for", at, target, iterable, test, recursive, body, otherwise };
}

function parseSet(reader: Reader, at: number): Statement {
  const target = parseAttributeTarget(reader) ?? parseTarget(reader);
  if (reader.skip("operator", "=")) return { kind: "set", at, target, value: parseTupleExpression(reader) };
  const filter = parseFilterChain(reader, null);
  return { kind: "set-block", at, target, filter, body: parseWholeBody(reader, "endset") };
}

/** `| a | b`: filters that wait for their subject; null when there is none. */
function parseFilterChain(reader: Reader, first: Filter | null): Filter | null {
  let filter = first;
  while (reader.skip("operator", "|")) filter = parseFilter(reader, filter);
  return filter;
}

function parseWith(reader: Reader, at: number): Statement {
  const bindings: { target: Target; value: Expression }[] = [];
  while (!reader.is("close") && !reader.is("operator", ":")) {
    if (bindings.length > 0) reader.expect("operator", ",");
    const target = parseTarget(reader);
    reader.expect("operator", "=");
    bindings.push({ target, value: parseExpression(reader) });
  }
  return { kind: "with", at, bindings, body: parseWholeBody(reader, "endwith") };
}

function parseFilterBlock(reader: Reader, at: number): Statement {
  const first = parseFilter(reader, null);
  const filter = parseFilterChain(reader, first) ?? first;
  return { kind: "filter-block", at, filter, body: parseWholeBody(reader, "endfilter") };
}

function parsePrint(reader: Reader, at: number): readonly Statement[] {
  const outputs: Statement[] = [];
  while (!reader.is("close")) {
    if (outputs.length > 0) reader.expect("operator", ",");
    outputs.push({ kind: "output", at, value: parseExpression(reader) });
  }
  return outputs;
}

function leaveLoop(reader: Reader, kind: "break" | "continue", at: number): Statement {
  const barrier = reader.openTags.findLastIndex(({ name }) => ["macro", "call", "block"].includes(name));
  if (reader.openTags.slice(barrier + 1).some(({ name }) => name === "for")) return { kind, at };
  throw reader.fail(`\`${kind}\` stands outside of every loop`, undefined, at);
}
