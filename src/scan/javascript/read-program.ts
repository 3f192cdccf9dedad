import type { SourceFile, SourceProblem } from "../../core/call-site.js";
import { scopeIn, unknown, type Expression, type Program } from "../model.js";
import {
  readAssignment,
  readBinary,
  readCall,
  readEither,
  readMember,
  readObject,
  readSequence,
  readTemplate,
} from "./expressions.js";
import { readClass, readFunction } from "./functions.js";
import { parseJavaScript } from "./parse.js";
import { inBlock, now, passOn, readAll, type Reader, type Where } from "./reader.js";
import {
  readClassDeclaration,
  readDefaultExport,
  readEnum,
  readForOf,
  readFunctionDeclaration,
  readImportEquals,
  readImports,
  readNamedExports,
  readReturn,
  readVariables,
} from "./statements.js";
import { isNode, spanOf, type Node, type NodeOf } from "./syntax.js";

/** Reduces JavaScript or TypeScript to what can lead to a prompt. */
export function readProgram(file: SourceFile): Program | SourceProblem {
  const tree = parseJavaScript(file);
  if (!("program" in tree)) return tree;
  const scope = scopeIn(undefined);
  const reader: Reader = {
    path: file.path,
    calls: [],
    comments: (tree.comments ?? []).map((comment) => ({ text: comment.value, ...spanOf(comment) })),
    passedOn: [],
    exports: new Map(),
    reexports: [],
    later: [],
    order: 0,
    read: (node, where) => read(node, reader, where),
  };
  const where: Where = {
    scope,
    functionScope: scope,
    owner: undefined,
    model: undefined,
    inside: [],
    line: 1,
  };
  readAll(tree.program.body, reader, where);
  for (const resume of reader.later) resume();
  const { path, calls, comments, passedOn, exports, reexports } = reader;
  return { path, scope, calls, comments, passedOn, exports, reexports };
}

function read(node: Node, reader: Reader, outer: Where): Expression {
  const where = startsStatement(node) ? { ...outer, line: spanOf(node).line } : outer;
  const handler = handlers[node.type] as Handler<Node["type"]> | undefined;
  return handler === undefined ? readParts(node, reader, where) : handler(node as never, reader, where);
}

function startsStatement({ type }: Node): boolean {
  return /Statement$|Declaration$|^(Class|Object)(Private)?(Property|Method)$/.test(type);
}

type Handler<Type extends Node["type"]> = (node: NodeOf<Type>, reader: Reader, where: Where) => Expression;

/** How nodes are read that mean something here; of all others only the parts are read. */
const handlers: { readonly [Type in Node["type"]]?: Handler<Type> } = {
  StringLiteral: ({ value }) => ({ kind: "text", value }),
  TemplateLiteral: readTemplate,
  BinaryExpression: readBinary,
  Identifier: ({ name }, reader, where) => ({
    kind: "name",
    name,
    scope: where.scope,
    at: now(reader, where),
  }),
  ThisExpression: (_, __, { owner }) => (owner === undefined ? unknown : { kind: "this", owner }),
  MemberExpression: readMember,
  OptionalMemberExpression: readMember,
  CallExpression: readCall,
  OptionalCallExpression: readCall,
  NewExpression: readCall,
  ObjectExpression: readObject,
  ArrayExpression: ({ elements }, reader, where) => ({
    kind: "list",
    items: elements.map((it) => (it === null ? unknown : passOn(reader.read(it, where), reader))),
  }),
  AssignmentExpression: readAssignment,
  SequenceExpression: readSequence,
  ConditionalExpression: ({ test, consequent, alternate }, reader, where) => {
    readAll([test], reader, where);
    return readEither([consequent, alternate], reader, where);
  },
  LogicalExpression: ({ left, right }, reader, where) => readEither([left, right], reader, where),
  ArrowFunctionExpression: (node, reader, where) => readFunction(node, reader, where),
  FunctionExpression: (node, reader, where) => readFunction(node, reader, where),
  ClassExpression: (node, reader, where) => readClass(node, reader, where),
  AwaitExpression: ({ argument }, reader, where) => reader.read(argument, where),
  ParenthesizedExpression: ({ expression }, reader, where) => reader.read(expression, where),
  TSAsExpression: ({ expression }, reader, where) => reader.read(expression, where),
  TSSatisfiesExpression: ({ expression }, reader, where) => reader.read(expression, where),
  TSNonNullExpression: ({ expression }, reader, where) => reader.read(expression, where),
  TSTypeAssertion: ({ expression }, reader, where) => reader.read(expression, where),
  // A statement keeps its value to itself.
  ExpressionStatement: ({ expression }, reader, where) => {
    reader.read(expression, where);
    return unknown;
  },
  BlockStatement: ({ body }, reader, where) => readAll(body, reader, inBlock(where)),
  VariableDeclaration: readVariables,
  ForOfStatement: readForOf,
  ForStatement: readBlock,
  ForInStatement: readBlock,
  WhileStatement: readBlock,
  SwitchStatement: readBlock,
  SwitchCase: readBlock,
  IfStatement: readBlock,
  ReturnStatement: readReturn,
  FunctionDeclaration: readFunctionDeclaration,
  ClassDeclaration: readClassDeclaration,
  TSEnumDeclaration: readEnum,
  ImportDeclaration: readImports,
  TSImportEqualsDeclaration: readImportEquals,
  ExportNamedDeclaration: readNamedExports,
  ExportDefaultDeclaration: readDefaultExport,
  ExportAllDeclaration: ({ source }, reader) => {
    reader.reexports.push({ kind: "import", from: reader.path, module: source.value, name: "*" });
    return unknown;
  },
  // Types have no values.
  TSTypeAliasDeclaration: () => unknown,
  TSInterfaceDeclaration: () => unknown,
};

/** Reads everything below a node that may be left out or has names of its own. */
function readBlock(node: Node, reader: Reader, where: Where): Expression {
  return readParts(node, reader, inBlock(where));
}

/** Reads everything below a node of which nothing else is known. */
function readParts(node: Node, reader: Reader, where: Where): Expression {
  for (const [key, part] of Object.entries(node)) {
    if (key === "loc" || key === "typeAnnotation" || key === "returnType" || key === "typeParameters")
      continue;
    if (Array.isArray(part)) readAll(part.filter(isNode), reader, where);
    else if (isNode(part)) readAll([part], reader, where);
  }
  return unknown;
}
