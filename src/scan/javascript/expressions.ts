import {
  assignTo,
  either,
  lookUp,
  scopeIn,
  unknown,
  type Argument,
  type Entry,
  type Expression,
  type Moment,
} from "../model.js";
import { memberOf, readFunction } from "./functions.js";
import { declare } from "./patterns.js";
import { inBlock, now, passOn, readAll, type Reader, type Where } from "./reader.js";
import { keyOf, spanFrom, spanOf, type Node, type NodeOf } from "./syntax.js";

type AnyCall = NodeOf<"CallExpression" | "OptionalCallExpression" | "NewExpression">;
type AnyMember = NodeOf<"MemberExpression" | "OptionalMemberExpression">;

/** Reads a call or a construction; `import(…)` and `require(…)` are what the module exports. */
export function readCall(node: AnyCall, reader: Reader, where: Where): Expression {
  const { callee } = node;
  const args = node.arguments.map((it) => readArgument(it, reader, where));
  const [first] = args;
  if (callee.type === "Import" || (callee.type === "Identifier" && callee.name === "require")) {
    if (first?.value.kind !== "text") return unknown;
    return { kind: "import", from: reader.path, module: first.value.value, name: "*" };
  }
  for (const { value } of args) passOn(value, reader);
  const target = reader.read(callee, where);
  // A chain of calls can be many lines long: the method says better where the call is.
  const at =
    target.kind === "member"
      ? { ...spanOf(node), line: target.at.line, column: target.at.column }
      : spanOf(node);
  const { line: statementLine, inside } = where;
  const call = { kind: "call", callee: target, arguments: args, statementLine, inside, ...at } as const;
  reader.calls.push(call);
  return call;
}

function readArgument(node: AnyCall["arguments"][number], reader: Reader, where: Where): Argument {
  if (node.type === "SpreadElement")
    return { value: reader.read(node.argument, where), spread: "*", ...spanOf(node) };
  return { value: reader.read(node, where), ...spanOf(node) };
}

export function readMember(node: AnyMember, reader: Reader, where: Where): Expression {
  const object = reader.read(node.object, where);
  if (node.computed) passOn(reader.read(node.property as Node, where), reader);
  return {
    kind: "member",
    object,
    property: keyOf(node.property, node.computed),
    at: spanFrom(node.property, node),
  };
}

export function readObject(
  { properties }: NodeOf<"ObjectExpression">,
  reader: Reader,
  where: Where,
): Expression {
  const entries = properties.map((property): Entry => {
    const at = spanOf(property);
    if (property.type === "SpreadElement")
      return { value: passOn(reader.read(property.argument, where), reader), ...at };
    const key = keyOf(property.key, property.computed);
    const named = key === undefined ? {} : { key };
    if (property.type === "ObjectMethod")
      return { ...named, value: readFunction(property, reader, where, key), ...at };
    return { ...named, value: passOn(readNamed(property.value as Node, key, reader, where), reader), ...at };
  });
  return { kind: "dictionary", entries };
}

/** Reads a value that stands behind a name; a function without a name of its own has that one. */
export function readNamed(node: Node, name: string | undefined, reader: Reader, where: Where): Expression {
  if (node.type === "ArrowFunctionExpression" || node.type === "FunctionExpression")
    return readFunction(node, reader, where, name);
  return reader.read(node, where);
}

/** Reads an assignment: to a name, to a member of `this`, or to a key of a variable. */
export function readAssignment(
  { left, operator, right }: NodeOf<"AssignmentExpression">,
  reader: Reader,
  where: Where,
): Expression {
  const name =
    left.type === "Identifier"
      ? left.name
      : left.type === "MemberExpression"
        ? keyOf(left.property, left.computed)
        : undefined;
  const assigned = readNamed(right, name, reader, where);
  const isConditional = ["??=", "||=", "&&="].includes(operator);
  const value = operator === "=" || isConditional ? assigned : unknown;
  const at = now(reader, isConditional ? inBlock(where) : where);
  switch (left.type) {
    case "Identifier":
      reader.later.push(() => {
        const bound = lookUp(where.scope, left.name);
        if (bound !== undefined) assignTo(bound, value, at);
      });
      break;
    case "MemberExpression":
      assignMember(left, { value, name }, reader, where);
      break;
    default:
      reader.later.push(() => {
        declareOver(left as Parameters<typeof declare>[0], value, { reader, where, at });
      });
  }
  return value;
}

/** `({ a, b } = value)` gives values to names that exist. */
function declareOver(
  pattern: Parameters<typeof declare>[0],
  value: Expression,
  { reader, where, at }: { readonly reader: Reader; readonly where: Where; readonly at: Moment },
): void {
  const scope = scopeIn(undefined);
  declare(pattern, value, { reader, where, scope, at });
  for (const [name, { values }] of scope.names) {
    const bound = lookUp(where.scope, name);
    if (bound !== undefined) for (const part of values) assignTo(bound, part, at);
  }
}

function assignMember(
  left: NodeOf<"MemberExpression">,
  { value, name }: { readonly value: Expression; readonly name: string | undefined },
  reader: Reader,
  where: Where,
): void {
  const at = spanOf(left);
  passOn(value, reader);
  if (isExports(left.object) && name !== undefined) reader.exports.set(name, value);
  if (left.object.type === "Identifier" && left.object.name === "module" && name === "exports")
    exportAll(value, reader);
  const object = reader.read(left.object, where);
  if (object.kind === "this" && name !== undefined) memberOf(object.owner, name).values.push(value);
  if (object.kind !== "name") return;
  const entry = name === undefined ? { value: unknown, ...at } : { key: name, value, ...at };
  reader.later.push(() => lookUp(object.scope, object.name)?.added.push(entry));
}

/** `exports` or `module.exports`. */
function isExports(node: Node): boolean {
  if (node.type === "Identifier") return node.name === "exports";
  return (
    node.type === "MemberExpression" &&
    node.object.type === "Identifier" &&
    node.object.name === "module" &&
    keyOf(node.property, node.computed) === "exports"
  );
}

function exportAll(value: Expression, { exports }: Reader): void {
  exports.set("default", value);
  if (value.kind !== "dictionary") return;
  for (const { key, value: exported } of value.entries) if (key !== undefined) exports.set(key, exported);
}

export function readTemplate(
  { quasis, expressions }: NodeOf<"TemplateLiteral">,
  reader: Reader,
  where: Where,
): Expression {
  const parts = quasis.flatMap(({ value }, index): Expression[] => {
    const text: Expression = { kind: "text", value: value.cooked ?? value.raw };
    const hole = expressions[index];
    return hole === undefined ? [text] : [text, passOn(reader.read(hole as Node, where), reader)];
  });
  return parts.length === 1 ? (parts[0] ?? unknown) : { kind: "join", parts };
}

export function readBinary(
  { operator, left, right }: NodeOf<"BinaryExpression">,
  reader: Reader,
  where: Where,
): Expression {
  const parts = [left, right].map((side) => reader.read(side as Node, where));
  return operator === "+" ? { kind: "join", parts } : unknown;
}

export function readEither(nodes: readonly Node[], reader: Reader, where: Where): Expression {
  return either(nodes.map((node) => reader.read(node, where)));
}

export function readSequence(
  { expressions }: NodeOf<"SequenceExpression">,
  reader: Reader,
  where: Where,
): Expression {
  readAll(expressions.slice(0, -1), reader, where);
  const last = expressions.at(-1);
  return last === undefined ? unknown : reader.read(last, where);
}
