import { parseWholeBody } from "./parse-body.js";
import { parseExpression } from "./parse-expression.js";
import { parseTargetName } from "./parse-target.js";
import type { Reader } from "./reader.js";
import type { Block, Extends, FromImport, Import, Include, Statement } from "./tree.js";

/** `{% include "name" ignore missing without context %}`. */
export function parseInclude(reader: Reader, at: number): Include {
  const template = parseExpression(reader);
  const ignoreMissing = isPair(reader, "ignore", "missing");
  if (ignoreMissing) skipPair(reader);
  return { kind: "include", at, template, ignoreMissing, withContext: parseContext(reader) ?? true };
}

/** `{% import "name" as alias with context %}`. */
export function parseImport(reader: Reader, at: number): Import {
  const template = parseExpression(reader);
  reader.expect("name", "as");
  const { name } = parseTargetName(reader);
  return { kind: "import", at, template, name, withContext: parseContext(reader) ?? false };
}

/** `{% from "name" import a, b as c with context %}`. */
export function parseFrom(reader: Reader, at: number): FromImport {
  const template = parseExpression(reader);
  const names: { name: string; alias: string; at: number }[] = [];
  reader.expect("name", "import");
  let withContext = parseContext(reader);
  while (withContext === undefined && reader.token.kind === "name") {
    names.push(parseImported(reader));
    withContext = parseContext(reader);
    if (withContext !== undefined || !reader.skip("operator", ",")) break;
    withContext = parseContext(reader);
  }
  if (names.length === 0) throw reader.fail("expected the names to import");
  return { kind: "from-import", at, template, names, withContext: withContext ?? false };
}

function parseImported(reader: Reader): { name: string; alias: string; at: number } {
  const { name, at } = parseTargetName(reader);
  if (name.startsWith("_")) throw reader.fail("names that begin with `_` are not exported", undefined, at);
  const alias = reader.skip("name", "as") ? parseTargetName(reader).name : name;
  return { name, alias, at };
}

/** `{% extends "name" %}`. */
export function parseExtends(reader: Reader, at: number): Extends {
  const isTop = reader.openTags.every(({ name }) => name === "if" || name === "extends");
  if (!isTop) throw reader.fail("`extends` stands inside a block", "put it at the top of the template", at);
  return { kind: "extends", at, template: parseExpression(reader) };
}

/** `{% block name scoped required %}…{% endblock name %}`. */
export function parseBlock(reader: Reader, at: number): Block {
  const { text: name, at: nameAt } = reader.expect("name");
  if (reader.blocks.has(name))
    throw reader.fail(`block \`${name}\` stands twice`, "give one another name", nameAt);
  reader.blocks.add(name);
  const scoped = reader.skip("name", "scoped");
  const required = reader.skip("name", "required");
  if (reader.is("operator", "-")) throw reader.fail("the name of a block has no hyphen", "use an underscore");
  const body = parseWholeBody(reader, "endblock");
  reader.skip("name", name);
  if (required && !body.every(isBlankText))
    throw reader.fail("a required block has no content of its own", undefined, at);
  return { kind: "block", at, name, scoped, required, body };
}

function isBlankText(statement: Statement): boolean {
  return statement.kind === "text" && statement.text.trim() === "";
}

/** `with context` or `without context`; undefined when neither stands there. */
function parseContext(reader: Reader): boolean | undefined {
  const withContext = isPair(reader, "with", "context");
  if (!withContext && !isPair(reader, "without", "context")) return undefined;
  skipPair(reader);
  return withContext;
}

function isPair(reader: Reader, first: string, second: string): boolean {
  return reader.is("name", first) && reader.following.kind === "name" && reader.following.text === second;
}

function skipPair(reader: Reader): void {
  reader.next();
  reader.next();
}
