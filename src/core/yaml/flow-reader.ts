import type { JsonValue } from "../json.js";
import { flowKeyAt, plainValue, quotedAt, refuse } from "./plain-scalar.js";

/** What a reader of the strict subset counts, whatever the style of a map. */
export interface Counter {
  /** Leaves the subset when values are nested deeper than allowed. */
  readonly deeper: (depth: number) => void;
  /** Adds an entry; leaves the subset when the key is there already, or there are too many. */
  readonly add: (object: Record<string, JsonValue>, key: string, value: JsonValue) => void;
}

const plain = /[A-Za-z0-9_$.-][\w$./()+-]*(?: [\w$./()+-]+)*/y;

/** Reads the flow list or map that begins at a place and ends on the same line: `[a, b]`, `{ a: 1 }`. */
export function readFlow(
  text: string,
  start: number,
  { deeper, add }: Counter,
  startDepth: number,
): { readonly value: JsonValue; readonly end: number } {
  let at = start;
  const spaces = (): void => {
    while (text[at] === " ") at++;
  };
  const end = (mark: string): boolean => {
    spaces();
    if (text[at] === mark) at++;
    else if (text[at] === ",") {
      at++;
      spaces();
      return false;
    } else refuse();
    return true;
  };
  const list = (depth: number): JsonValue => {
    const items: JsonValue[] = [];
    at++;
    spaces();
    if (text[at] === "]") at++;
    else
      do items.push(value(depth + 1));
      while (!end("]"));
    return items;
  };
  const map = (depth: number): JsonValue => {
    const object = Object.create(null) as Record<string, JsonValue>;
    at++;
    spaces();
    if (text[at] === "}") at++;
    else
      do {
        const found = flowKeyAt(text, at) ?? refuse();
        at = found.end + 1;
        if (text[at] !== " ") refuse();
        spaces();
        add(object, found.key, value(depth + 1));
      } while (!end("}"));
    return object;
  };
  const value = (depth: number): JsonValue => {
    deeper(depth);
    const first = text[at];
    if (first === "[") return list(depth);
    if (first === "{") return map(depth);
    if (first === '"' || first === "'") {
      const quoted = quotedAt(text, at);
      at = quoted.end;
      return quoted.value;
    }
    plain.lastIndex = at;
    const word = plain.exec(text)?.[0] ?? refuse();
    if (word.startsWith("-") && !/^-\d/.test(word)) refuse();
    at += word.length;
    return plainValue(word);
  };
  return { value: value(startDepth), end: at };
}
