import {
  bind,
  binding,
  unknown,
  type ClassModel,
  type Expression,
  type FunctionModel,
  type Parameter,
} from "../model.js";
import { declare, typeOf } from "./patterns.js";
import { inFunction, passOn, readAll, type Reader, type Where } from "./reader.js";
import { keyOf, type ClassNode, type FunctionNode, type Node } from "./syntax.js";

/** Reads a function; `name` is what its surroundings call it. */
export function readFunction(
  node: FunctionNode,
  reader: Reader,
  where: Where,
  name = "",
): Extract<Expression, { kind: "function" }> {
  const own = "id" in node && node.id ? node.id.name : name;
  const parameters: Parameter[] = [];
  const model: FunctionModel = { name: own, parameters, returns: [] };
  const isArrow = node.type === "ArrowFunctionExpression";
  const isMethod = node.type === "ClassMethod" || node.type === "ClassPrivateMethod";
  const inner = inFunction(where, model);
  const there: Where = { ...inner, owner: isArrow || isMethod ? where.owner : undefined };
  for (const parameter of node.params) {
    // Who calls the function is not known: its parameter may be anything, besides what a type or a default says.
    const bound = declare(parameter, unknown, { reader, where: there, scope: there.scope, at: undefined });
    parameters.push({ name: nameOf(parameter), binding: bound });
  }
  const { returnType } = node;
  const promised = typeOf(returnType, there);
  if (promised !== undefined) model.returns.push(promised);
  if (node.body.type === "BlockStatement") readAll(node.body.body, reader, there);
  else model.returns.push(passOn(reader.read(node.body, there), reader));
  return { kind: "function", model };
}

function nameOf(parameter: FunctionNode["params"][number]): string | undefined {
  switch (parameter.type) {
    case "Identifier":
      return parameter.name;
    case "AssignmentPattern":
      return parameter.left.type === "Identifier" ? parameter.left.name : undefined;
    case "TSParameterProperty":
      return nameOf(parameter.parameter);
    default:
      return undefined;
  }
}

/** Reads a class: its members by name, whether fields, methods, or assigned to `this` somewhere. */
export function readClass(
  node: ClassNode,
  reader: Reader,
  where: Where,
): Extract<Expression, { kind: "class" }> {
  const parents = node.superClass ? [reader.read(node.superClass, where)] : [];
  const owner: ClassModel = { name: node.id?.name ?? "", parents, members: new Map() };
  const there = { ...where, owner };
  for (const member of node.body.body) readMember(member, owner, reader, there);
  return { kind: "class", model: owner };
}

function readMember(member: Node, owner: ClassModel, reader: Reader, where: Where): void {
  switch (member.type) {
    case "ClassProperty":
    case "ClassPrivateProperty":
    case "ClassAccessorProperty": {
      const key = keyOf(member.key, "computed" in member && member.computed === true);
      const bound = memberOf(owner, key ?? "");
      if (member.value) bound.values.push(reader.read(member.value, where));
      const type = typeOf(member.typeAnnotation, where);
      if (type !== undefined) bound.values.push(type);
      break;
    }
    case "ClassMethod":
    case "ClassPrivateMethod": {
      const key = keyOf(member.key, "computed" in member && member.computed) ?? "";
      const method = readFunction(member, reader, where, key);
      const value = member.kind === "get" ? method.model.returns : [method];
      memberOf(owner, key).values.push(...value);
      if (key === "constructor") keepParameterProperties(member.params, method.model, owner);
      break;
    }
    default:
      readAll([member], reader, where);
  }
}

/** `constructor(private readonly prompts: PromptManager)` declares a field too. */
function keepParameterProperties(
  parameters: readonly { readonly type: string }[],
  { parameters: bound }: FunctionModel,
  owner: ClassModel,
): void {
  for (const [index, { type }] of parameters.entries()) {
    const parameter = bound[index];
    if (type === "TSParameterProperty" && parameter?.name !== undefined)
      owner.members.set(parameter.name, parameter.binding);
  }
}

/** The member of a class; made when there is none. */
export function memberOf({ members }: ClassModel, key: string) {
  const known = members.get(key) ?? binding();
  members.set(key, known);
  return known;
}

/** Declares the name of a function or class in the scope around it. */
export function declareName(name: string | undefined, value: Expression, { scope }: Where): Expression {
  if (name !== undefined) bind(scope, name).values.push(value);
  return value;
}
