import { charset, complement, property, union, type Charset } from "./charset.js";

/** A regular expression as a tree. */
export type Expression =
  | { readonly kind: "chars"; readonly chars: Charset }
  | { readonly kind: "sequence" | "choice"; readonly parts: readonly Expression[] }
  | { readonly kind: "repeat"; readonly part: Expression; readonly min: number; readonly max: number }
  | { readonly kind: "start" | "end" };

const digit = charset([48, 57]);
const word = charset([48, 57], [65, 90], [95, 95], [97, 122]);
const space = charset(
  [9, 13],
  [32, 32],
  [160, 160],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
);
const lineEnds = charset([10, 10], [13, 13], [0x2028, 0x2029]);
const classes: Readonly<Record<string, Charset>> = {
  d: digit,
  D: complement(digit),
  w: word,
  W: complement(word),
  s: space,
  S: complement(space),
};
const controls: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13, "0": 0 };

/** A part of the syntax that is not understood: look-around, back-references, `\b`, flags. */
class NotUnderstood extends Error {}

/** Reads the part of JavaScript's regular expressions that describes regular languages; undefined for the rest. */
export function parsePattern(source: string): Expression | undefined {
  const reader = { chars: [...source], at: 0, depth: 0 };
  try {
    const tree = readChoice(reader);
    return reader.at === reader.chars.length ? tree : undefined;
  } catch (error) {
    if (error instanceof NotUnderstood) return undefined;
    throw error;
  }
}

interface Reader {
  readonly chars: readonly string[];
  at: number;
  depth: number;
}

function readChoice(reader: Reader): Expression {
  const parts = [readSequence(reader)];
  while (reader.chars[reader.at] === "|") {
    reader.at += 1;
    parts.push(readSequence(reader));
  }
  return { kind: "choice", parts };
}

function readSequence(reader: Reader): Expression {
  const parts: Expression[] = [];
  for (
    let next = reader.chars[reader.at];
    next !== undefined && next !== "|" && next !== ")";
    next = reader.chars[reader.at]
  ) {
    parts.push(readRepeat(reader, readAtom(reader)));
  }
  return { kind: "sequence", parts };
}

function readAtom(reader: Reader): Expression {
  const char = take(reader);
  if (char === "^") return { kind: "start" };
  if (char === "$") return { kind: "end" };
  if (char === ".") return { kind: "chars", chars: complement(lineEnds) };
  if (char === "(") return readGroup(reader);
  if (char === "[") return { kind: "chars", chars: readClass(reader) };
  if (char === "\\") return { kind: "chars", chars: readEscape(reader) };
  if ("*+?{}]".includes(char)) throw new NotUnderstood();
  return { kind: "chars", chars: single(char) };
}

function readGroup(reader: Reader): Expression {
  if (reader.chars[reader.at] === "?") {
    if (reader.chars[reader.at + 1] !== ":") throw new NotUnderstood();
    reader.at += 2;
  }
  reader.depth += 1;
  if (reader.depth > 50) throw new NotUnderstood();
  const inner = readChoice(reader);
  if (take(reader) !== ")") throw new NotUnderstood();
  reader.depth -= 1;
  return inner;
}

function readRepeat(reader: Reader, part: Expression): Expression {
  const rest = reader.chars.slice(reader.at, reader.at + 16).join("");
  const found = /^(?:[*+?]|\{(\d{1,4})(,(\d{0,4}))?\})\??/.exec(rest);
  if (found === null) return part;
  if (part.kind === "start" || part.kind === "end") throw new NotUnderstood();
  reader.at += found[0].length;
  const sign = found[0].charAt(0);
  if (sign !== "{")
    return { kind: "repeat", part, min: sign === "+" ? 1 : 0, max: sign === "?" ? 1 : Infinity };
  const min = Number(found[1]);
  const max = found[2] === undefined ? min : found[3] === "" ? Infinity : Number(found[3]);
  if (max < min) throw new NotUnderstood();
  return { kind: "repeat", part, min, max };
}

function readClass(reader: Reader): Charset {
  const negated = reader.chars[reader.at] === "^";
  if (negated) reader.at += 1;
  let chars: Charset = [];
  while (reader.chars[reader.at] !== "]") {
    const from = readClassItem(reader);
    if (reader.chars[reader.at] === "-" && reader.chars[reader.at + 1] !== "]") {
      reader.at += 1;
      const to = readClassItem(reader);
      const [low, high] = [from[0]?.[0] ?? 0, to[0]?.[0] ?? 0];
      if (!isSingle(from) || !isSingle(to) || high < low) throw new NotUnderstood();
      chars = union(chars, charset([low, high]));
    } else chars = union(chars, from);
  }
  reader.at += 1;
  return negated ? complement(chars) : chars;
}

function readClassItem(reader: Reader): Charset {
  const char = take(reader);
  if (char !== "\\") return single(char);
  if (reader.chars[reader.at] !== "b") return readEscape(reader);
  reader.at += 1;
  return charset([8, 8]);
}

function readEscape(reader: Reader): Charset {
  const char = take(reader);
  const control = controls[char];
  if (classes[char] !== undefined) return classes[char];
  if (char === "0" && /\d/.test(reader.chars[reader.at] ?? "")) throw new NotUnderstood();
  if (control !== undefined) return charset([control, control]);
  if (char === "x" || char === "u") return readCode(reader, char);
  if (char === "p" || char === "P") return readProperty(reader, char);
  if (/[A-Za-z0-9]/.test(char)) throw new NotUnderstood();
  return single(char);
}

function readCode(reader: Reader, kind: "x" | "u"): Charset {
  const rest = reader.chars.slice(reader.at, reader.at + 10).join("");
  const found = (kind === "x" ? /^([0-9a-f]{2})/i : /^(?:([0-9a-f]{4})|\{([0-9a-f]{1,6})\})/i).exec(rest);
  const code = parseInt(found?.[1] ?? found?.[2] ?? "", 16);
  // Half of a surrogate pair stands for one character together with the other half.
  if (found === null || !(code <= 0x10ffff) || (code >= 0xd800 && code <= 0xdfff)) throw new NotUnderstood();
  reader.at += found[0].length;
  return charset([code, code]);
}

function readProperty(reader: Reader, kind: "p" | "P"): Charset {
  const rest = reader.chars.slice(reader.at, reader.at + 90).join("");
  const found = /^\{([^}]*)\}/.exec(rest);
  const chars = found === null ? undefined : property(found[1] ?? "");
  if (found === null || chars === undefined) throw new NotUnderstood();
  reader.at += found[0].length;
  return kind === "p" ? chars : complement(chars);
}

function take(reader: Reader): string {
  const char = reader.chars[reader.at];
  if (char === undefined) throw new NotUnderstood();
  reader.at += 1;
  return char;
}

function single(char: string): Charset {
  const code = char.codePointAt(0) ?? 0;
  return charset([code, code]);
}

function isSingle(chars: Charset): boolean {
  return chars.length === 1 && chars[0]?.[0] === chars[0]?.[1];
}
