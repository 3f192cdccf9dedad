import type { Source } from "../source.js";
import { described, type Token, type TokenKind } from "./token.js";

/** Statements and expressions inside each other, at most. */
const maximumDepth = 200;

/** The tokens of a template under a cursor, and what the parser has to remember on its way. */
export class Reader {
  #position = 0;
  #depth = 0;
  /** Opening tags that wait for their end, innermost last. */
  readonly openTags: { readonly name: string; readonly at: number }[] = [];
  /** Names of the blocks so far: a name may be used once. */
  readonly blocks = new Set<string>();

  constructor(
    readonly source: Source,
    readonly tokens: readonly Token[],
  ) {}

  /** The current token. */
  get token(): Token {
    return this.tokens[this.#position] as Token;
  }

  /** The token after the current one. */
  get following(): Token {
    return this.tokens[Math.min(this.#position + 1, this.tokens.length - 1)] as Token;
  }

  /** The current token; goes to the next. */
  next(): Token {
    const { token } = this;
    if (token.kind !== "end") this.#position += 1;
    return token;
  }

  /** Whether the current token is this name or operator. */
  is(kind: "name" | "operator" | "close", ...texts: readonly string[]): boolean {
    const { token } = this;
    return token.kind === kind && (texts.length === 0 || texts.includes(token.text));
  }

  /** Takes the current token when it is this one. */
  skip(kind: "name" | "operator", text: string): boolean {
    if (!this.is(kind, text)) return false;
    this.next();
    return true;
  }

  /** Takes a token of this kind (and text); throws when another one stands there. */
  expect(kind: TokenKind, text?: string): Token {
    const { token } = this;
    if (token.kind === kind && (text === undefined || token.text === text)) return this.next();
    const wanted = text === undefined ? (kind === "name" ? "a name" : `a ${kind}`) : `\`${text}\``;
    throw this.fail(`expected ${wanted}, got ${described(token)}`);
  }

  /** Runs a parser one level deeper; templates that nest endlessly end in an error, not in a stack overflow. */
  nested<Result>(parse: () => Result): Result {
    this.deepen();
    const result = parse();
    this.#depth -= 1;
    return result;
  }

  /** Goes deeper by one; for chains such as `a.b.c`, whose tree is deep although they are parsed in a loop. */
  deepen(): void {
    this.#depth += 1;
    if (this.#depth <= maximumDepth) return;
    throw this.source.error(
      "TEMPLATE_LIMIT",
      `the template is nested too deep: the limit \`nesting\` is ${maximumDepth}`,
      {
        at: this.token.at,
        hint: "split the expression with `{% set %}`, or the block with a macro",
        data: { limit: "nesting", allowed: maximumDepth },
      },
    );
  }

  /** The depth now; {@link rise} comes back to it. */
  get depth(): number {
    return this.#depth;
  }

  rise(depth: number): void {
    this.#depth = depth;
  }

  /** The error for something at an offset; by default at the current token. */
  fail(message: string, hint?: string, at: number = this.token.at): Error {
    return this.source.error("TEMPLATE_SYNTAX", message, { at, hint });
  }
}
