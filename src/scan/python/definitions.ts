import {
  bind,
  binding,
  scopeIn,
  unknown,
  type ClassModel,
  type Expression,
  type FunctionModel,
  type Parameter,
} from "../model.js";
import { assign, typeOf } from "./assignments.js";
import { passOn, readAll, type Reader, type Where } from "./reader.js";
import { childrenOf, partsOf, type SyntaxNode } from "./syntax.js";

/** Reads a function or a lambda; `decorators` are the texts above it. */
export function readFunction(
  node: SyntaxNode,
  reader: Reader,
  where: Where,
  decorators: readonly string[] = [],
): Expression {
  const isLambda = node.name === "LambdaExpression";
  const label = isLambda ? undefined : node.getChild("VariableName");
  const name = label ? reader.textOf(label) : "";
  const scope = scopeIn(where.outer);
  const returns: Expression[] = [];
  const groups = partsOf(
    childrenOf(node.getChild("ParamList") ?? node).filter(() => node.getChild("ParamList")),
  );
  const isMethod = where.body !== undefined && !isLambda && !decorators.includes("staticmethod");
  const [first] = isMethod ? (groups[0] ?? []) : [];
  const owner = where.body;
  const self = first === undefined || owner === undefined ? undefined : { name: reader.textOf(first), owner };
  if (self !== undefined) {
    const isClass = decorators.includes("classmethod");
    bind(scope, self.name).values.push(
      isClass ? { kind: "class", model: self.owner } : { kind: "this", owner: self.owner },
    );
  }
  const inside = name === "" ? where.inside : [...where.inside, name];
  const inner: Where = {
    ...where,
    scope,
    outer: scope,
    block: { parent: undefined },
    body: undefined,
    returns,
    inside,
    self: self ?? where.self,
  };
  const rest = self === undefined ? groups : groups.slice(1);
  const parameters = rest.map((group) => readParameter(group, reader, { ...inner, outer: where.outer }));
  const model: FunctionModel = { name, parameters, returns };
  const promised = node.getChild("TypeDef");
  const type = promised ? typeOf(promised, reader, where) : undefined;
  if (type !== undefined) returns.push(type);
  const body = node.lastChild;
  if (body !== null) {
    const value = reader.read(body, inner);
    if (isLambda) returns.push(passOn(value, reader));
  }
  const made: Expression = { kind: "function", model };
  if (name !== "") {
    const isProperty = decorators.some((it) => /(^|\.)(cached_)?property$/.test(it));
    declare(name, isProperty ? returns : [made], where);
  }
  return made;
}

function readParameter(group: readonly SyntaxNode[], reader: Reader, where: Where): Parameter {
  const label = group.find(({ name }) => name === "VariableName");
  if (label === undefined) return { name: undefined, binding: binding(unknown) };
  const name = reader.textOf(label);
  const bound = bind(where.scope, name);
  // Who calls the function is not known: its parameter may be anything, besides what a type or a default says.
  bound.values.push(unknown);
  const annotation = group.find((it) => it.name === "TypeDef");
  const type = annotation === undefined ? undefined : typeOf(annotation, reader, where);
  if (type !== undefined) bound.values.push(type);
  const equals = group.findIndex((it) => it.name === "AssignOp");
  const fallback = equals < 0 ? undefined : group[equals + 1];
  if (fallback !== undefined) bound.values.push(reader.read(fallback, where));
  return { name, binding: bound };
}

/** Reads a class: its members by name, also those that methods give to `self`. */
export function readClass(node: SyntaxNode, reader: Reader, where: Where): Expression {
  const label = node.getChild("VariableName");
  const name = label ? reader.textOf(label) : "";
  const parents = partsOf(childrenOf(node.getChild("ArgList") ?? node).filter(() => node.getChild("ArgList")))
    .filter((part) => part.length === 1)
    .map(([parent]) => (parent === undefined ? unknown : reader.read(parent, where)));
  const model: ClassModel = { name, parents, members: new Map() };
  const body = node.getChild("Body");
  if (body) readAll(childrenOf(body), reader, { ...where, scope: scopeIn(where.scope), body: model });
  const made: Expression = { kind: "class", model };
  declare(name, [made], where);
  return made;
}

function declare(name: string, values: readonly Expression[], { scope, body }: Where): void {
  const bound = bind(scope, name);
  bound.values.push(...values);
  if (body !== undefined) body.members.set(name, bound);
}

/** `@decorator` lines and the definition below them. */
export function readDecorated(node: SyntaxNode, reader: Reader, where: Where): Expression {
  const decorators = node.getChildren("Decorator").map((it) => reader.textOf(it).replace(/^@\s*|\s+$/g, ""));
  for (const child of childrenOf(node)) {
    if (child.name === "FunctionDefinition") readFunction(child, reader, where, decorators);
    else readAll([child], reader, where);
  }
  return unknown;
}

/** `with PromptManager() as prompts:` */
export function readWith(node: SyntaxNode, reader: Reader, where: Where): Expression {
  const children = childrenOf(node);
  for (const [index, child] of children.entries()) {
    const [as, target] = children.slice(index + 1);
    if (as?.name !== "as" || target === undefined) continue;
    assign([target], reader.read(child, where), { reader, where });
  }
  const body = node.getChild("Body");
  return body ? reader.read(body, where) : unknown;
}
