import { integer } from "../values/kinds.js";
import { Float, type Value } from "../values/value.js";
import { parseExpression } from "./parse-expression.js";
import type { Reader } from "./reader.js";
import { described } from "./token.js";
import type { Expression } from "./tree.js";

const constants: ReadonlyMap<string, Value> = new Map<string, Value>([
  ["true", true],
  ["True", true],
  ["false", false],
  ["False", false],
  ["none", null],
  ["None", null],
]);

/** Parses a name, a literal, or something in brackets. */
export function parsePrimary(reader: Reader): Expression {
  const { kind, text, at } = reader.token;
  switch (kind) {
    case "name": {
      reader.next();
      const value = constants.get(text);
      return value === undefined ? { kind: "name", at, name: text } : { kind: "literal", at, value };
    }
    case "string":
      return { kind: "literal", at, value: parseStrings(reader) };
    case "integer":
      reader.next();
      return { kind: "literal", at, value: integer(BigInt(text)) };
    case "float":
      reader.next();
      return { kind: "literal", at, value: new Float(Number(text)) };
    case "operator":
      if (text === "(") return parseParentheses(reader);
      if (text === "[") return { kind: "list", at, items: parseItems(reader) };
      if (text === "{") return { kind: "dict", at, pairs: parsePairs(reader) };
      break;
    default:
      break;
  }
  throw reader.fail(`expected an expression, got ${described(reader.token)}`);
}

/** Texts beside each other are one text. */
function parseStrings(reader: Reader): string {
  let text = "";
  while (reader.token.kind === "string") text += reader.next().text;
  return text;
}

function parseParentheses(reader: Reader): Expression {
  reader.expect("operator", "(");
  const inner = parseTuple(reader, { parse: parseExpression, end: () => false, emptyAllowed: true });
  reader.expect("operator", ")");
  return inner;
}

function parseItems(reader: Reader): Expression[] {
  const items: Expression[] = [];
  reader.expect("operator", "[");
  while (!reader.is("operator", "]")) {
    items.push(parseExpression(reader));
    if (!reader.is("operator", "]")) reader.expect("operator", ",");
  }
  reader.next();
  return items;
}

function parsePairs(reader: Reader): (readonly [Expression, Expression])[] {
  const pairs: (readonly [Expression, Expression])[] = [];
  reader.expect("operator", "{");
  while (!reader.is("operator", "}")) {
    const key = parseExpression(reader);
    reader.expect("operator", ":");
    pairs.push([key, parseExpression(reader)]);
    if (!reader.is("operator", "}")) reader.expect("operator", ",");
  }
  reader.next();
  return pairs;
}

interface TupleOptions<Item> {
  readonly parse: (reader: Reader) => Item;
  /** Whether a tuple without parentheses ends here, beside the ends that every tuple has. */
  readonly end: () => boolean;
  readonly emptyAllowed?: boolean;
}

/** Parses one thing, or several with commas between them as a tuple. */
export function parseTuple<Item extends { readonly at: number }>(
  reader: Reader,
  { parse, end, emptyAllowed = false }: TupleOptions<Item>,
): Item | { readonly kind: "tuple"; readonly at: number; readonly items: Item[] } {
  const { at } = reader.token;
  const items: Item[] = [];
  let isTuple = false;
  while (!(reader.is("close") || reader.is("operator", ")") || end())) {
    items.push(parse(reader));
    if (!reader.skip("operator", ",")) break;
    isTuple = true;
  }
  const [only] = items;
  if (only !== undefined && !isTuple) return only;
  if (only === undefined && !emptyAllowed)
    throw reader.fail(`expected an expression, got ${described(reader.token)}`);
  return { kind: "tuple", at, items };
}
