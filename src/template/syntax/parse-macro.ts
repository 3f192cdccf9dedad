import { parseWholeBody } from "./parse-body.js";
import { parseExpression } from "./parse-expression.js";
import { parseTargetName } from "./parse-target.js";
import type { Reader } from "./reader.js";
import type { CallBlock, Macro, Parameter } from "./tree.js";

/** `{% macro name(a, b=1) %}…{% endmacro %}`. */
export function parseMacro(reader: Reader, at: number): Macro {
  const { name } = parseTargetName(reader);
  const parameters = parseParameters(reader);
  return { kind: "macro", at, name, parameters, body: parseWholeBody(reader, "endmacro") };
}

/** `{% call(a) name(…) %}…{% endcall %}`. */
export function parseCallBlock(reader: Reader, at: number): CallBlock {
  const parameters = reader.is("operator", "(") ? parseParameters(reader) : [];
  const call = parseExpression(reader);
  if (call.kind !== "call")
    throw reader.fail("`call` needs the call of a macro", "such as `{% call card() %}`", at);
  return { kind: "call-block", at, parameters, call, body: parseWholeBody(reader, "endcall") };
}

function parseParameters(reader: Reader): Parameter[] {
  const parameters: Parameter[] = [];
  const names = new Set<string>();
  reader.expect("operator", "(");
  while (!reader.is("operator", ")")) {
    if (parameters.length > 0) reader.expect("operator", ",");
    const { name, at } = parseTargetName(reader);
    if (names.has(name)) throw reader.fail(`parameter \`${name}\` stands twice`, undefined, at);
    const otherwise = reader.skip("operator", "=") ? parseExpression(reader) : null;
    if (otherwise === null && parameters.at(-1)?.otherwise) {
      throw reader.fail(`parameter \`${name}\` needs a default, as the one before it has one`, undefined, at);
    }
    names.add(name);
    parameters.push({ kind: "parameter", at, name, otherwise });
  }
  reader.next();
  return parameters;
}
