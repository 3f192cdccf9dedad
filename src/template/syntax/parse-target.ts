import { parseTuple } from "./parse-primary.js";
import type { Reader } from "./reader.js";
import type { Name, Target } from "./tree.js";

const reserved = new Set(["true", "false", "none", "True", "False", "None"]);

/** Parses what is assigned to: a name, or names with commas, in brackets or not. `end` is a word that ends it. */
export function parseTarget(reader: Reader, end?: string): Target {
  const isEnd = (): boolean => reader.is("operator", "=") || (end !== undefined && reader.is("name", end));
  return parseTuple<Target>(reader, { parse: parseOne, end: isEnd });
}

function parseOne(reader: Reader): Target {
  for (const [open, close] of [["(", ")"] as const, ["[", "]"] as const]) {
    if (!reader.skip("operator", open)) continue;
    const inner = reader.nested(() =>
      parseTuple<Target>(reader, { parse: parseOne, end: () => reader.is("operator", close) }),
    );
    reader.expect("operator", close);
    return inner;
  }
  return parseTargetName(reader);
}

/** Parses `namespace.attribute`; null when no attribute follows. */
export function parseAttributeTarget(reader: Reader): Target | null {
  if (reader.token.kind !== "name" || reader.following.kind !== "operator" || reader.following.text !== ".")
    return null;
  const { text: name, at } = reader.next();
  reader.next();
  return { kind: "attribute", at, name, attribute: reader.expect("name").text };
}

/** Parses a name that is assigned to. */
export function parseTargetName(reader: Reader): Name {
  const { text, at } = reader.expect("name");
  if (text === "loop" && reader.openTags.some(({ name }) => name === "for")) {
    throw reader.fail("`loop` is the loop's own variable", "use another name", at);
  }
  if (reserved.has(text)) throw reader.fail(`\`${text}\` is a constant and cannot be set`, undefined, at);
  return { kind: "name", at, name: text };
}
