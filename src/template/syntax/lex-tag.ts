import type { Source } from "../source.js";
import { readNumber, readString } from "./literals.js";
import type { Token } from "./token.js";

const closers: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };
const operators = ["**", "//", "==", "!=", ">=", "<=", ..."+-/*%~[](){}><=.:|,;"];
const name = /[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*/y;
const identifier = /^[\p{XID_Start}_]\p{XID_Continue}*$/u;

/** A tag that was opened: offset of its opening, offset of its content, and what closes it. */
interface Opened {
  readonly open: number;
  readonly start: number;
  readonly close: "}}" | "%}";
}

/**
 * The tokens of one tag, up to its close outside of any bracket. `sign` is the white-space sign before the close and
 * `end` the offset behind it.
 */
export function lexTag(source: Source, tag: Opened): { tokens: Token[]; end: number; sign: string } {
  const { text } = source;
  const end = tag.close;
  const tokens: Token[] = [];
  const open: { readonly close: string; readonly at: number }[] = [];
  let at = tag.start;
  for (;;) {
    at = skipBlanks(text, at);
    if (open.length === 0) {
      const sign = signBefore(text, at, end);
      if (sign !== undefined) {
        tokens.push({ kind: "close", text: end, at });
        return { tokens, end: at + sign.length + end.length, sign };
      }
    }
    if (at >= text.length) throw unclosed(source, tag, open.at(-1));
    const token =
      readNumber(source, at) ?? readName(source, at) ?? readString(source, at) ?? readOperator(text, at);
    if (token === undefined)
      throw source.error("TEMPLATE_SYNTAX", `unexpected \`${characterAt(text, at)}\``, { at });
    if (token.kind === "operator") balance(source, token, open);
    tokens.push(token);
    at = token.end;
  }
}

/** A token and the offset behind it. */
export type Read = Token & { readonly end: number };

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (isBlank(text.charCodeAt(at))) at += 1;
  return at;
}

function isBlank(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || (code > 127 && /\s/.test(String.fromCharCode(code)));
}

function signBefore(text: string, at: number, end: string): string | undefined {
  if (text.startsWith(end, at)) return "";
  const sign = text[at];
  const isSign = sign === "-" || (sign === "+" && end === "%}");
  return isSign && text.startsWith(end, at + 1) ? sign : undefined;
}

function readName(source: Source, at: number): Read | undefined {
  name.lastIndex = at;
  const text = name.exec(source.text)?.[0];
  if (text === undefined) return undefined;

  if (!/^[\x00-\x7f]*$/.test(text) && !identifier.test(text)) {
    throw source.error("TEMPLATE_SYNTAX", `\`${text}\` is not a name`, {
      at,
      hint: "a name has letters, digits and underscores; a text stands in quotes",
    });
  }
  return { kind: "name", text, at, end: at + text.length };
}

function readOperator(text: string, at: number): Read | undefined {
  const operator = operators.find((one) => text.startsWith(one, at));
  return operator === undefined
    ? undefined
    : { kind: "operator", text: operator, at, end: at + operator.length };
}

function balance(source: Source, { text, at }: Token, open: { close: string; at: number }[]): void {
  const close = closers[text];
  if (close !== undefined) open.push({ close, at });
  if (text !== ")" && text !== "]" && text !== "}") return;
  const expected = open.pop();
  if (expected?.close === text) return;
  const hint = expected === undefined ? "there is no bracket to close" : `\`${expected.close}\` comes first`;
  throw source.error("TEMPLATE_SYNTAX", `unexpected \`${text}\``, { at, hint });
}

function unclosed(source: Source, tag: Opened, bracket: { close: string; at: number } | undefined): Error {
  const [what, at, close] =
    bracket === undefined ? ["tag", tag.open, tag.close] : ["bracket", bracket.at, bracket.close];
  return source.error("TEMPLATE_SYNTAX", `this ${what} is not closed`, {
    at,
    hint: `end it with \`${close}\``,
  });
}

function characterAt(text: string, at: number): string {
  return String.fromCodePoint(text.codePointAt(at) ?? 0);
}
