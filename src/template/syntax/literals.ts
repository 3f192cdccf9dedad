import type { Source } from "../source.js";
import type { Read } from "./lex-tag.js";

const float = /(?:\d+_)*\d+(?:(?:\.(?:\d+_)*\d+)?e[+-]?(?:\d+_)*\d+|\.(?:\d+_)*\d+)/iy;
const integer = /0b(?:_?[01])+|0o(?:_?[0-7])+|0x(?:_?[\da-f])+|[1-9](?:_?\d)*|0(?:_?0)*/iy;

/** Reads a number; one after a dot is an index (`a.0.1`), never a float. Underscores are left out of its text. */
export function readNumber(source: Source, at: number): Read | undefined {
  const first = source.text.charCodeAt(at);
  if (!(first >= 48 && first <= 57)) return undefined;
  for (const [kind, pattern] of [["float", float] as const, ["integer", integer] as const]) {
    if (kind === "float" && source.text[at - 1] === ".") continue;
    pattern.lastIndex = at;
    const text = pattern.exec(source.text)?.[0];
    if (text === undefined) continue;
    if (text.length > 4_300)
      throw source.error("TEMPLATE_SYNTAX", "this number has more than 4300 digits", { at });
    return { kind, text: text.replaceAll("_", ""), at, end: at + text.length };
  }
  return undefined;
}

/** Reads a text in single or double quotes and replaces its escapes. */
export function readString(source: Source, at: number): Read | undefined {
  const quote = source.text[at];
  if (quote !== "'" && quote !== '"') return undefined;
  let end = at + 1;
  let isPlain = true;
  while (source.text[end] !== quote) {
    if (end >= source.text.length) {
      throw source.error("TEMPLATE_SYNTAX", "this text is not closed", {
        at,
        hint: `end it with \`${quote}\``,
      });
    }
    if (source.text[end] === "\\") {
      isPlain = false;
      end += 1;
    }
    end += 1;
  }
  const raw = source.text.slice(at + 1, end);
  return { kind: "string", text: isPlain ? raw : unescaped(raw, source, at), at, end: end + 1 };
}

const escape = /\\(?:\n|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[0-7]{1,3}|[\s\S])/g;
const named: Readonly<Record<string, string>> = {
  "\n": "",
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** Replaces Python's escapes; one that Python does not know stays as it is. */
function unescaped(raw: string, source: Source, at: number): string {
  return raw.replace(escape, (whole) => {
    const kind = whole[1] ?? "";
    const known = named[kind];
    if (known !== undefined) return known;
    if (/[0-7]/.test(kind)) return String.fromCodePoint(Number.parseInt(whole.slice(1), 8));
    const isNumbered = kind === "x" || kind === "u" || kind === "U";
    if (!isNumbered && kind !== "N") return whole;
    const code = Number.parseInt(whole.slice(2), 16);
    if (whole.length > 2 && code <= 0x10ffff) return String.fromCodePoint(code);
    throw source.error("TEMPLATE_SYNTAX", `\`${whole}\` is no complete escape`, {
      at,
      hint: "such as `\\x41`, `\\u00e9` or `\\U0001f600`",
    });
  });
}
