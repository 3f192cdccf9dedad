import { didYouMean } from "../../core/suggest.js";
import { parseExpression } from "./parse-expression.js";
import { parseTuple } from "./parse-primary.js";
import type { Reader } from "./reader.js";
import { parseStatement, statementNames } from "./parse-statement.js";
import type { Body, Expression, Statement } from "./tree.js";

/** Parses an expression, or several with commas between them as a tuple. */
export function parseTupleExpression(reader: Reader): Expression {
  return parseTuple(reader, { parse: parseExpression, end: () => false });
}

/** Parses text, outputs and statements up to the end of the template. */
export function parseTemplateBody(reader: Reader): Body {
  return parseUntil(reader, []);
}

/**
 * Parses the body of a block: from the end of its opening tag up to one of the closing names, which is not taken.
 * A colon before the end of the tag is allowed, as in Jinja.
 */
export function parseBody(reader: Reader, ...ends: readonly string[]): Body {
  reader.skip("operator", ":");
  reader.expect("close", "%}");
  return reader.nested(() => parseUntil(reader, ends));
}

/** {@link parseBody} with one closing name, which is taken. */
export function parseWholeBody(reader: Reader, end: string): Body {
  const body = parseBody(reader, end);
  reader.next();
  return body;
}

function parseUntil(reader: Reader, ends: readonly string[]): Statement[] {
  const body: Statement[] = [];
  for (;;) {
    const { kind, text, at } = reader.token;
    if (kind === "end") {
      if (ends.length > 0) throw notClosed(reader);
      return body;
    }
    reader.next();
    if (kind === "data") {
      body.push({ kind: "text", at, text });
    } else if (text === "{{") {
      body.push({ kind: "output", at: reader.token.at, value: parseTupleExpression(reader) });
      reader.expect("close", "}}");
    } else {
      if (reader.is("name", ...ends) && ends.length > 0) return body;
      body.push(...parseTag(reader, ends));
      reader.expect("close", "%}");
    }
  }
}

function parseTag(reader: Reader, ends: readonly string[]): readonly Statement[] {
  const name = reader.expect("name");
  reader.openTags.push({ name: name.text, at: name.at });
  const statements = parseStatement(reader, name);
  if (statements === null) {
    reader.openTags.pop();
    throw unknownTag(reader, { name: name.text, at: name.at }, ends);
  }
  reader.openTags.pop();
  return statements;
}

function notClosed(reader: Reader): Error {
  const open = reader.openTags.at(-1);
  return reader.fail(`this \`${open?.name}\` is not closed`, `add \`{% end${open?.name} %}\``, open?.at);
}

const refused: Readonly<Record<string, string>> = {
  autoescape: "nothing is escaped here; use the filter `escape` where markup needs it",
  trans: "translate before rendering and pass the text as a variable",
  debug: "print the variables that you look for with `{{ … | pprint }}`",
};

function unknownTag(
  reader: Reader,
  { name, at }: { name: string; at: number },
  ends: readonly string[],
): Error {
  const open = reader.openTags.at(-1);
  if (/^(end|else|elif)/.test(name)) {
    const inside =
      open === undefined
        ? "there is nothing to close"
        : `\`${open.name}\` in line ${reader.source.place(open.at).line} comes first`;
    return reader.fail(`unexpected \`${name}\``, inside, at);
  }
  const reason = Object.hasOwn(refused, name) ? refused[name] : undefined;
  const hint =
    reason ?? (didYouMean(name, [...statementNames, ...ends]) || `the tags are ${statementNames.join(", ")}`);
  return reader.fail(`there is no tag \`${name}\``, hint, at);
}
