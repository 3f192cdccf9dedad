import type { SourceFile, SourceProblem } from "../../core/call-site.js";
import { either, scopeIn, unknown, type Expression, type Program } from "../model.js";
import { assign } from "./assignments.js";
import { readClass, readDecorated, readFunction, readWith } from "./definitions.js";
import {
  itemOf,
  readBinary,
  readCall,
  readComprehension,
  readConditional,
  readDictionary,
  readFormatString,
  readList,
  readMember,
} from "./expressions.js";
import { readImport } from "./imports.js";
import { parsePython } from "./parse.js";
import { now, passOn, readAll, type Reader, type Where } from "./reader.js";
import { childrenOf, sourceOf, stringValue, type SyntaxNode } from "./syntax.js";

/** Reduces Python to what can lead to a prompt. */
export function readProgram(file: SourceFile): Program | SourceProblem {
  const { path, text } = file;
  const source = sourceOf(text);
  const { top, problem } = parsePython(file, source);
  if (top === undefined) return problem;
  const scope = scopeIn(undefined);
  const reader: Reader = {
    ...source,
    path,
    calls: [],
    comments: [],
    passedOn: [],
    reexports: [],
    later: [],
    order: 0,
    read: (node, where) => read(node, reader, where),
  };
  const cursor = top.cursor();
  do
    if (cursor.name === "Comment")
      reader.comments.push({ text: source.textOf(cursor), ...source.spanOf(cursor) });
  while (cursor.next());
  const where: Where = {
    scope,
    outer: scope,
    block: { parent: undefined },
    body: undefined,
    self: undefined,
    returns: undefined,
    inside: [],
    line: 1,
  };
  readAll(childrenOf(top), reader, where);
  for (const resume of reader.later) resume();
  const exports = new Map(
    [...scope.names.keys()].map((name): [string, Expression] => [name, { kind: "name", name, scope }]),
  );
  const { calls, comments, passedOn, reexports } = reader;
  return { path, scope, calls, comments, passedOn, exports, reexports, ...(problem && { problem }) };
}

function read(node: SyntaxNode, reader: Reader, outer: Where): Expression {
  const starts = /Statement$|Definition$/.test(node.name);
  const where = starts ? { ...outer, line: reader.spanOf(node).line } : outer;
  const handler = Object.hasOwn(handlers, node.name) ? handlers[node.name] : undefined;
  return handler === undefined ? readAll(childrenOf(node), reader, where) : handler(node, reader, where);
}

type Handler = (node: SyntaxNode, reader: Reader, where: Where) => Expression;

const inner: Handler = (node, reader, where) => {
  const [, child] = childrenOf(node);
  return child === undefined ? unknown : reader.read(child, where);
};

const list: Handler = (node, reader, where) => readList(childrenOf(node), reader, where);

const returned: Handler = (node, reader, where) => {
  const values = childrenOf(node).slice(1);
  const [only] = values;
  const value =
    values.length === 1 && only !== undefined ? reader.read(only, where) : readList(values, reader, where);
  where.returns?.push(passOn(value, reader));
  return unknown;
};

/** How nodes are read that mean something here; of all others only the parts are read. */
const handlers: Readonly<Record<string, Handler>> = {
  VariableName: (node, reader, where) => ({
    kind: "name",
    name: reader.textOf(node),
    scope: where.scope,
    at: now(reader, where),
  }),
  String: (node, reader) => {
    const value = stringValue(reader.textOf(node));
    return value === undefined ? unknown : { kind: "text", value };
  },
  ContinuedString: (node, reader, where) => ({
    kind: "join",
    parts: childrenOf(node).map((part) => reader.read(part, where)),
  }),
  FormatString: readFormatString,
  MemberExpression: readMember,
  CallExpression: readCall,
  DictionaryExpression: readDictionary,
  ArrayExpression: list,
  TupleExpression: list,
  BinaryExpression: readBinary,
  ConditionalExpression: readConditional,
  AwaitExpression: inner,
  ParenthesizedExpression: inner,
  LambdaExpression: (node, reader, where) => readFunction(node, reader, where),
  ArrayComprehensionExpression: readComprehension,
  SetComprehensionExpression: readComprehension,
  DictionaryComprehensionExpression: readComprehension,
  ComprehensionExpression: readComprehension,
  NamedExpression: (node, reader, where) => {
    const [target, , last] = childrenOf(node);
    if (target === undefined || last === undefined) return unknown;
    const value = reader.read(last, where);
    assign([target], value, { reader, where });
    return value;
  },
  // A statement keeps its value to itself.
  ExpressionStatement: (node, reader, where) => {
    for (const child of childrenOf(node)) reader.read(child, where);
    return unknown;
  },
  AssignStatement: (node, reader, where) => {
    const sides: SyntaxNode[][] = [[]];
    for (const child of childrenOf(node)) {
      if (child.name === "AssignOp") sides.push([]);
      else sides.at(-1)?.push(child);
    }
    const last = sides.length > 1 ? (sides.pop() ?? []) : [];
    const [only] = last;
    const values = last.length > 1 ? [readList(last, reader, where)] : only ? [reader.read(only, where)] : [];
    for (const side of sides)
      assign(side, values.length === 0 ? undefined : either(values), { reader, where });
    return unknown;
  },
  Body: (node, reader, where) =>
    readAll(childrenOf(node), reader, { ...where, block: { parent: where.block } }),
  // `name += "…"`: what it is now is nowhere written.
  UpdateStatement: (node, reader, where) => {
    const [target, ...rest] = childrenOf(node);
    readAll(rest, reader, where);
    if (target !== undefined) assign([target], unknown, { reader, where });
    return unknown;
  },
  ForStatement: (node, reader, where) => {
    const children = childrenOf(node);
    const [at, end] = ["in", "Body"].map((name) => children.findIndex((it) => it.name === name));
    const source = children[(at ?? 0) + 1];
    const target = children.slice(children.findIndex(({ name }) => name === "for") + 1, at);
    if (source !== undefined && target[0] !== undefined)
      assign(target, itemOf(reader.read(source, where), reader, target[0]), { reader, where });
    return readAll(children.slice(end), reader, where);
  },
  WithStatement: readWith,
  ReturnStatement: returned,
  YieldStatement: returned,
  ImportStatement: readImport,
  FunctionDefinition: (node, reader, where) => readFunction(node, reader, where),
  ClassDefinition: readClass,
  DecoratedStatement: readDecorated,
  TypeDef: () => unknown,
};
