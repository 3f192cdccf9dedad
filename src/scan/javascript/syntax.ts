import type { ParseResult } from "@babel/parser";
import type { Span } from "../../core/call-site.js";

type Statement = ParseResult["program"]["body"][number];
type Expression = Of<Statement, "ExpressionStatement">["expression"];
type Of<Union, Type> = Extract<Union, { readonly type: Type }>;
type Member = Of<Statement, "ClassDeclaration">["body"]["body"][number];

/** A node of Babel's tree, as far as the reader looks at it. */
export type Node =
  | Statement
  | Expression
  | Member
  | FunctionNode
  | Parameter
  | Of<Expression, "ObjectExpression">["properties"][number]
  | Of<Expression, "CallExpression">["arguments"][number]
  | Of<Expression, "CallExpression">["callee"]
  | Of<Statement, "SwitchStatement">["cases"][number]
  | Of<Expression, "MemberExpression">["property"];

/** A node of one type. */
export type NodeOf<Type extends Node["type"]> = Of<Node, Type>;

/** Anything with parameters and a body. */
export type FunctionNode =
  | Of<Statement, "FunctionDeclaration">
  | Of<Expression, "FunctionExpression" | "ArrowFunctionExpression">
  | Of<Of<Expression, "ObjectExpression">["properties"][number], "ObjectMethod">
  | Of<Member, "ClassMethod" | "ClassPrivateMethod">;

export type ClassNode = Of<Statement, "ClassDeclaration"> | Of<Expression, "ClassExpression">;

/** A name, or a pattern that takes a value apart. */
export type Parameter =
  | Of<Statement, "FunctionDeclaration">["params"][number]
  | Of<Member, "ClassMethod">["params"][number]
  | Of<Statement, "VariableDeclaration">["declarations"][number]["id"]
  | Of<Expression, "AssignmentExpression">["left"];

/** Says whether a value is a node of any type. */
export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

/** Where a node stands. */
export function spanOf(node: Pick<Node, "loc">): Span {
  const { start, end } = node.loc ?? { start: { line: 1, column: 0 }, end: { line: 1, column: 0 } };
  return { line: start.line, column: start.column + 1, endLine: end.line, endColumn: end.column + 1 };
}

/** From the beginning of one node to the end of another. */
export function spanFrom(first: Pick<Node, "loc">, last: Pick<Node, "loc">): Span {
  const { endLine, endColumn } = spanOf(last);
  return { ...spanOf(first), endLine, endColumn };
}

/** The text of a name, a literal or a template without expressions; undefined for what is computed. */
export function literalText(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  switch (node.type) {
    case "StringLiteral":
      return node.value;
    case "NumericLiteral":
      return String(node.value);
    case "TemplateLiteral":
      return node.expressions.length === 0 ? (node.quasis[0]?.value.cooked ?? undefined) : undefined;
    default:
      return undefined;
  }
}

/** The key of a property or a member: its name, or the literal in brackets. */
export function keyOf(key: { readonly type: string }, computed: boolean): string | undefined {
  if (computed || !isNode(key)) return literalText(key);
  if (key.type === "Identifier") return key.name;
  return key.type === "PrivateName" ? `#${key.id.name}` : literalText(key);
}
