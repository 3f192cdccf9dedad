import { stripped } from "../builtins/white-space.js";
import type { Source, Whitespace } from "../source.js";
import { lexTag } from "./lex-tag.js";
import type { Token } from "./token.js";

/**
 * Cuts a source into text and the tokens of its tags, with Jinja's white-space control. Linear: every character is
 * looked at a constant number of times, whatever stands in front of a tag.
 * @throws PromptSyncError `TEMPLATE_SYNTAX`
 */
export function lex(source: Source, whitespace: Whitespace): Token[] {
  return new Lexer(source, whitespace).all();
}

class Lexer {
  readonly #tokens: Token[] = [];
  readonly #text: string;
  #at = 0;

  constructor(
    readonly source: Source,
    readonly whitespace: Whitespace,
  ) {
    this.#text = source.text;
  }

  all(): Token[] {
    for (let open = this.#nextOpen(); open !== -1; open = this.#nextOpen()) this.#tag(open);
    this.#data(this.#at, this.#text.length, "");
    this.#tokens.push({ kind: "end", text: "", at: this.#text.length });
    return this.#tokens;
  }

  /** Offset of the next `{{`, `{%` or `{#`. */
  #nextOpen(): number {
    for (let at = this.#text.indexOf("{", this.#at); at !== -1; at = this.#text.indexOf("{", at + 1)) {
      const next = this.#text[at + 1];
      if (next === "{" || next === "%" || next === "#") return at;
    }
    return -1;
  }

  #tag(open: number): void {
    const kind = this.#text.slice(open, open + 2);
    const sign = this.#sign(open + 2);
    this.#data(
      this.#at,
      open,
      sign === "" && kind !== "{{" && this.whitespace.lstripBlocks === true ? "line" : sign,
    );
    this.#at = open + 2 + sign.length;
    if (kind === "{#") this.#comment(open);
    else if (!this.#raw(open, kind)) this.#expression(open, kind);
  }

  #sign(at: number): string {
    const character = this.#text[at];
    return character === "-" || character === "+" ? character : "";
  }

  /** Text before a tag; `strip` says what goes: `-` all blanks at its end, `line` those since the line began. */
  #data(start: number, end: number, strip: string): void {
    let text = this.#text.slice(start, end);
    if (strip === "-") text = stripped(text, undefined, "end");
    if (strip === "line") {
      const lineStart = text.lastIndexOf("\n") + 1;
      const beginsLine = lineStart > 0 || start === 0 || this.#text[start - 1] === "\n";
      if (beginsLine && text.slice(lineStart).trim() === "") text = text.slice(0, lineStart);
    }
    if (text !== "") this.#tokens.push({ kind: "data", text, at: start });
  }

  #comment(open: number): void {
    const close = this.#text.indexOf("#}", this.#at);
    if (close === -1) throw this.#fail("this comment is not closed", open, "end it with `#}`");
    this.#after(close + 2, close > this.#at ? this.#sign(close - 1) : "");
  }

  /** Goes on behind a tag that ended with this sign. */
  #after(end: number, sign: string): void {
    this.#at = end;
    if (sign === "-") this.#at = blanksEnd(this.#text, end);
    else if (sign === "" && this.whitespace.trimBlocks === true && this.#text[end] === "\n") this.#at += 1;
  }

  /** Takes `{% raw %}…{% endraw %}` as text; false when the tag is another one. */
  #raw(open: number, kind: string): boolean {
    const begin = kind === "{%" ? matchAt(/\s*raw\s*(-?)%\}/y, this.#text, this.#at) : null;
    if (begin === null) return false;
    const start = begin[1] === "-" ? blanksEnd(this.#text, begin.end) : begin.end;
    for (let at = this.#text.indexOf("{%", start); at !== -1; at = this.#text.indexOf("{%", at + 2)) {
      const end = matchAt(/\{%([-+]?)\s*endraw\s*([-+]?)%\}/y, this.#text, at);
      if (end === null) continue;
      const [, before = "", after = ""] = end;
      this.#data(start, at, before === "" && this.whitespace.lstripBlocks === true ? "line" : before);
      this.#after(end.end, after);
      return true;
    }
    throw this.#fail("this `raw` block is not closed", open, "end it with `{% endraw %}`");
  }

  #expression(open: number, kind: string): void {
    const isBlock = kind === "{%";
    this.#tokens.push({ kind: "open", text: kind, at: open });
    const tag = lexTag(this.source, { open, start: this.#at, close: isBlock ? "%}" : "}}" });
    for (const token of tag.tokens) this.#tokens.push(token);
    if (isBlock) this.#after(tag.end, tag.sign);
    else this.#at = tag.sign === "-" ? blanksEnd(this.#text, tag.end) : tag.end;
  }

  #fail(message: string, at: number, hint: string): Error {
    return this.source.error("TEMPLATE_SYNTAX", message, { at, hint });
  }
}

function matchAt(
  pattern: RegExp,
  text: string,
  at: number,
): (RegExpExecArray & { readonly end: number }) | null {
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  return match === null ? null : Object.assign(match, { end: pattern.lastIndex });
}

/** Offset of the first character from `at` on that is not white space. */
function blanksEnd(text: string, at: number): number {
  return matchAt(/\s*/y, text, at)?.end ?? at;
}
