import { bind, binding, unknown, type ClassModel, type Expression } from "../model.js";
import { declareName, readClass, readFunction } from "./functions.js";
import { readNamed } from "./expressions.js";
import { declare } from "./patterns.js";
import { inBlock, now, passOn, type Reader, type Where } from "./reader.js";
import { keyOf, type NodeOf } from "./syntax.js";

export function readVariables(node: NodeOf<"VariableDeclaration">, reader: Reader, where: Where): Expression {
  const scope = node.kind === "var" ? where.functionScope : where.scope;
  for (const { id, init } of node.declarations) {
    const name = id.type === "Identifier" ? id.name : undefined;
    const value = init ? readNamed(init, name, reader, where) : undefined;
    declare(id, value, { reader, where, scope, at: now(reader, where) });
  }
  return unknown;
}

/** `for (const name of names)`: the variable stands for every item. */
export function readForOf(node: NodeOf<"ForOfStatement">, reader: Reader, where: Where): Expression {
  const there = inBlock(where);
  const list = reader.read(node.right, there);
  const item: Expression = {
    kind: "member",
    object: list,
    property: "*",
    at: { line: where.line, column: 1, endLine: where.line, endColumn: 1 },
  };
  if (node.left.type === "VariableDeclaration") {
    for (const { id } of node.left.declarations)
      declare(id, item, { reader, where: there, scope: there.scope, at: now(reader, there) });
  }
  reader.read(node.body, there);
  return unknown;
}

export function readReturn(
  { argument }: NodeOf<"ReturnStatement">,
  reader: Reader,
  where: Where,
): Expression {
  if (argument) where.model?.returns.push(passOn(reader.read(argument, where), reader));
  return unknown;
}

export function readFunctionDeclaration(
  node: NodeOf<"FunctionDeclaration">,
  reader: Reader,
  where: Where,
): Expression {
  return declareName(node.id?.name, readFunction(node, reader, where), where);
}

export function readClassDeclaration(
  node: NodeOf<"ClassDeclaration">,
  reader: Reader,
  where: Where,
): Expression {
  return declareName(node.id?.name, readClass(node, reader, where), where);
}

/** A TypeScript enum is a class whose members are constants. */
export function readEnum(node: NodeOf<"TSEnumDeclaration">, reader: Reader, where: Where): Expression {
  const model: ClassModel = { name: node.id.name, parents: [], members: new Map() };
  for (const { id, initializer } of node.members) {
    const value = initializer ? reader.read(initializer, where) : unknown;
    model.members.set(keyOf(id, false) ?? "", binding(value));
  }
  return declareName(node.id.name, { kind: "class", model }, where);
}

export function readImports(
  { source, specifiers }: NodeOf<"ImportDeclaration">,
  { path }: Reader,
  { scope }: Where,
): Expression {
  for (const specifier of specifiers) {
    const name =
      specifier.type === "ImportSpecifier"
        ? (keyOf(specifier.imported, false) ?? "")
        : specifier.type === "ImportDefaultSpecifier"
          ? "default"
          : "*";
    bind(scope, specifier.local.name).values.push({ kind: "import", from: path, module: source.value, name });
  }
  return unknown;
}

/** `import client = require("./client")`. */
export function readImportEquals(
  { id, moduleReference }: NodeOf<"TSImportEqualsDeclaration">,
  { path }: Reader,
  { scope }: Where,
): Expression {
  if (moduleReference.type !== "TSExternalModuleReference") return unknown;
  const module = moduleReference.expression.value;
  bind(scope, id.name).values.push({ kind: "import", from: path, module, name: "*" });
  return unknown;
}

export function readNamedExports(
  node: NodeOf<"ExportNamedDeclaration">,
  reader: Reader,
  where: Where,
): Expression {
  const { declaration, source, specifiers } = node;
  if (declaration) {
    reader.read(declaration, where);
    for (const name of namesDeclared(declaration))
      reader.exports.set(name, { kind: "name", name, scope: where.scope });
  }
  for (const specifier of specifiers) {
    const exported = keyOf(specifier.exported, false) ?? "";
    const local = specifier.type === "ExportSpecifier" ? specifier.local.name : "*";
    const value: Expression = source
      ? { kind: "import", from: reader.path, module: source.value, name: local }
      : { kind: "name", name: local, scope: where.scope };
    reader.exports.set(exported, value);
  }
  return unknown;
}

function namesDeclared(
  declaration: NonNullable<NodeOf<"ExportNamedDeclaration">["declaration"]>,
): readonly string[] {
  if (declaration.type === "VariableDeclaration") {
    return declaration.declarations.flatMap(({ id }) => {
      if (id.type === "Identifier") return [id.name];
      if (id.type !== "ObjectPattern") return [];
      return id.properties.flatMap((it) =>
        it.type === "ObjectProperty" && it.value.type === "Identifier" ? [it.value.name] : [],
      );
    });
  }
  const id = "id" in declaration ? declaration.id : undefined;
  return id?.type === "Identifier" ? [id.name] : [];
}

export function readDefaultExport(
  { declaration }: NodeOf<"ExportDefaultDeclaration">,
  reader: Reader,
  where: Where,
): Expression {
  reader.exports.set("default", passOn(reader.read(declaration, where), reader));
  return unknown;
}
