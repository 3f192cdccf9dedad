import {
  assignTo,
  bind,
  binding,
  either,
  unknown,
  type Binding,
  type Expression,
  type Moment,
} from "../model.js";
import { readAll, type Reader, type Where } from "./reader.js";
import { isNode, keyOf, spanOf, type Node, type Parameter } from "./syntax.js";

/** Where names are declared, and when they get their values. */
interface Place {
  readonly reader: Reader;
  readonly where: Where;
  readonly scope: Where["scope"];
  readonly at: Moment | undefined;
}

/**
 * Declares the names of a pattern in the scope that `place` chooses, and gives them their values at the moment `at`;
 * returns the binding of a plain name.
 */
export function declare(
  pattern: Parameter,
  value: Expression | undefined,
  { reader, where, scope, at }: Place,
): Binding {
  const place = { reader, where, scope, at };
  switch (pattern.type) {
    case "Identifier": {
      const bound = bind(scope, pattern.name);
      if (value !== undefined) assignTo(bound, value, at);
      const annotation = typeOf(pattern.typeAnnotation, where);
      if (annotation !== undefined) bound.values.push(annotation);
      return bound;
    }
    case "AssignmentPattern": {
      const fallback = reader.read(pattern.right, where);
      return declare(pattern.left, value === undefined ? fallback : either([value, fallback]), place);
    }
    case "ObjectPattern":
      return takeApart(pattern, value ?? unknown, place);
    case "ArrayPattern":
      for (const [index, element] of pattern.elements.entries()) {
        if (element === null || element.type === "RestElement") continue;
        declare(element, partOf(value ?? unknown, String(index), element), place);
      }
      return binding(value ?? unknown);
    case "RestElement":
      return declare(pattern.argument, unknown, place);
    case "TSParameterProperty":
      return declare(pattern.parameter, value, place);
    default:
      readAll([pattern as Node], reader, where);
      return binding(unknown);
  }
}

function takeApart(
  pattern: Extract<Parameter, { type: "ObjectPattern" }>,
  value: Expression,
  place: Place,
): Binding {
  // `function f({ prompts }: { prompts: PromptManager })` says what the parts are.
  const whole = binding(value);
  const types = memberTypes(pattern.typeAnnotation, place.where);
  for (const property of pattern.properties) {
    if (property.type === "RestElement") {
      declare(property.argument as Parameter, unknown, place);
      continue;
    }
    const key = keyOf(property.key, property.computed);
    const part = either([
      ...whole.values.map((it) => partOf(it, key, property)),
      ...(types.get(key ?? "") ?? []),
    ]);
    declare(property.value as Parameter, part, place);
  }
  return whole;
}

/** A part of a value. */
function partOf(object: Expression, property: string | undefined, node: Pick<Node, "loc">): Expression {
  return { kind: "member", object, property, at: spanOf(node) };
}

/** What a type annotation says of a value: an instance of one of the types that it names, however wrapped. */
export function typeOf(annotation: unknown, { scope }: Where): Expression | undefined {
  const names = [...typeNames(annotation, 0)];
  if (names.length === 0) return undefined;
  return either(
    names.map(([first, ...rest]) => {
      let type: Expression = { kind: "name", name: first ?? "", scope };
      for (const property of rest) type = { kind: "member", object: type, property, at: spanOf({}) };
      return { kind: "typed", type };
    }),
  );
}

/** The types of the members of an object type, by key. */
function memberTypes(annotation: unknown, where: Where): Map<string, Expression[]> {
  const types = new Map<string, Expression[]>();
  const literal = (
    annotation as { typeAnnotation?: { type: string; members?: unknown[] } } | null | undefined
  )?.typeAnnotation;
  for (const member of literal?.type === "TSTypeLiteral" ? (literal.members ?? []) : []) {
    const { key, typeAnnotation } = member as { key?: { type: string }; typeAnnotation?: unknown };
    const name = key === undefined ? undefined : keyOf(key, false);
    const type = typeOf(typeAnnotation, where);
    if (name !== undefined && type !== undefined) types.set(name, [type]);
  }
  return types;
}

const deepestType = 4;

/** The dotted names that a type mentions: `PromptManager`, `ps.PromptManager`, `Promise<PromptManager | null>`. */
function* typeNames(type: unknown, depth: number): Iterable<readonly string[]> {
  if (!isNode(type) || depth > deepestType) return;
  const node = type as unknown as Readonly<Record<string, unknown>> & { readonly type: string };
  if (node.type === "TSTypeReference") yield dottedName(node["typeName"]);
  const parts = [
    node["typeAnnotation"],
    node["typeParameters"],
    ...listOf(node["params"]),
    ...listOf(node["types"]),
  ];
  for (const part of parts) yield* typeNames(part, depth + 1);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function dottedName(name: unknown): readonly string[] {
  if (!isNode(name)) return [];
  if (name.type === "Identifier") return [name.name];
  const { left, right } = name as unknown as { readonly left?: unknown; readonly right?: unknown };
  return [...dottedName(left), ...dottedName(right)];
}
