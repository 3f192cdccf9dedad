import { either, scopeIn, unknown, type Argument, type Entry, type Expression } from "../model.js";
import { assign } from "./assignments.js";
import { passOn, readAll, type Reader, type Where } from "./reader.js";
import { childrenOf, partsOf, stringValue, unescaped, type SyntaxNode } from "./syntax.js";

/** Reads a call. */
export function readCall(node: SyntaxNode, reader: Reader, where: Where): Expression {
  const [first, list] = childrenOf(node);
  if (first === undefined || list === undefined) return unknown;
  const callee = reader.read(first, where);
  const given = partsOf(childrenOf(list)).map((part) => readArgument(part, reader, where));
  for (const { value } of given) passOn(value, reader);
  const span = reader.spanOf(node);
  const at = callee.kind === "member" ? { ...span, line: callee.at.line, column: callee.at.column } : span;
  const { line: statementLine, inside } = where;
  const call = { kind: "call", callee, arguments: given, statementLine, inside, ...at } as const;
  reader.calls.push(call);
  return call;
}

function readArgument(part: readonly SyntaxNode[], reader: Reader, where: Where): Argument {
  const [first, second, third] = part;
  const at = reader.spanOf({ from: first?.from ?? 0, to: part.at(-1)?.to ?? 0 });
  if (first === undefined) return { value: unknown, ...at };
  if (first.name === "*" || first.name === "**")
    return { value: second === undefined ? unknown : reader.read(second, where), spread: first.name, ...at };
  if (second?.name === "AssignOp" && third !== undefined)
    return { name: reader.textOf(first), value: reader.read(third, where), ...at };
  return { value: part.length === 1 ? reader.read(first, where) : readAll(part, reader, where), ...at };
}

/** Reads `object.name` and `object[key]`. */
export function readMember(node: SyntaxNode, reader: Reader, where: Where): Expression {
  const [first, , second] = childrenOf(node);
  if (first === undefined || second === undefined) return unknown;
  const object = reader.read(first, where);
  return { kind: "member", object, property: propertyOf(second, reader), at: reader.spanOf(second) };
}

/** The name behind a point, or the literal in brackets. */
export function propertyOf(node: SyntaxNode, reader: Reader): string | undefined {
  const text = reader.textOf(node);
  if (node.name === "PropertyName" || node.name === "Number") return text;
  return node.name === "String" ? stringValue(text) : undefined;
}

export function readDictionary(node: SyntaxNode, reader: Reader, where: Where): Expression {
  const entries = partsOf(childrenOf(node)).map((part): Entry => {
    const [first, second, third] = part;
    const at = reader.spanOf({ from: first?.from ?? 0, to: part.at(-1)?.to ?? 0 });
    if (first?.name === "**")
      return { value: second === undefined ? unknown : passOn(reader.read(second, where), reader), ...at };
    const key = first === undefined ? undefined : propertyOf(first, reader);
    const value = third === undefined ? unknown : passOn(reader.read(third, where), reader);
    return key === undefined ? { value: unknown, ...at } : { key, value, ...at };
  });
  return { kind: "dictionary", entries };
}

export function readList(nodes: readonly SyntaxNode[], reader: Reader, where: Where): Expression {
  const items = partsOf(nodes).map((part) => {
    const [only] = part;
    return part.length === 1 && only !== undefined
      ? passOn(reader.read(only, where), reader)
      : readAll(part, reader, where);
  });
  return { kind: "list", items };
}

/** Reads an f-string: its text and what stands in its braces. */
export function readFormatString(node: SyntaxNode, reader: Reader, where: Where): Expression {
  const text = reader.textOf(node);
  const [, prefix = "", quote = ""] = /^([a-z]*)("""|'''|"|')/i.exec(text) ?? [];
  const plain = (from: number, to: number): Expression => {
    const piece = reader.textOf({ from, to }).replaceAll(/\{\{|\}\}/g, (brace) => brace.charAt(0));
    return { kind: "text", value: /r/i.test(prefix) ? piece : unescaped(piece) };
  };
  const parts: Expression[] = [];
  let at = node.from + prefix.length + quote.length;
  for (const hole of node.getChildren("FormatReplacement")) {
    const [, inner, end] = childrenOf(hole);
    const isPlain = end?.name === "}";
    const value = inner === undefined ? unknown : passOn(reader.read(inner, where), reader);
    parts.push(plain(at, hole.from), isPlain ? value : unknown);
    at = hole.to;
  }
  return { kind: "join", parts: [...parts, plain(at, node.to - quote.length)] };
}

export function readBinary(node: SyntaxNode, reader: Reader, where: Where): Expression {
  const [left, operator, right] = childrenOf(node);
  if (left === undefined || operator === undefined || right === undefined) return unknown;
  const sides = [reader.read(left, where), reader.read(right, where)];
  if (operator.name === "or" || operator.name === "and") return either(sides);
  return reader.textOf(operator) === "+" ? { kind: "join", parts: sides } : unknown;
}

/** `a if b else c` */
export function readConditional(node: SyntaxNode, reader: Reader, where: Where): Expression {
  const [one, , condition, , other] = childrenOf(node);
  if (condition !== undefined) readAll([condition], reader, where);
  return either([one, other].flatMap((it) => (it === undefined ? [] : [reader.read(it, where)])));
}

/** `[ask(name) for name in names]`: the name stands for every item. */
export function readComprehension(node: SyntaxNode, reader: Reader, outer: Where): Expression {
  const where = { ...outer, scope: scopeIn(outer.scope), body: undefined };
  const children = childrenOf(node);
  for (const [index, child] of children.entries()) {
    const [target, , list] = children.slice(index + 1);
    if (child.name !== "for" || target === undefined || list === undefined) continue;
    assign([target], itemOf(reader.read(list, where), reader, target), { reader, where });
  }
  return readAll(children, reader, where);
}

/** Any item of a list. */
export function itemOf(object: Expression, reader: Reader, node: SyntaxNode): Expression {
  return { kind: "member", object, property: "*", at: reader.spanOf(node) };
}
