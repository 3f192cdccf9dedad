/** What a token is; `end` closes the source. */
export type TokenKind =
  "data" | "open" | "close" | "name" | "string" | "integer" | "float" | "operator" | "end";

/** A piece of the source. */
export interface Token {
  readonly kind: TokenKind;
  /**
   * The text of a data token after white-space control, the content of a string, a name, an operator, digits; for
   * `open` and `close` which tag it is: `{{`, `{%`, `}}`, `%}`.
   */
  readonly text: string;
  /** Offset into the source. */
  readonly at: number;
}

/** How a token is called in a message. */
export function described(token: Token): string {
  switch (token.kind) {
    case "end":
      return "the end of the template";
    case "data":
      return "text";
    case "string":
      return "a text";
    default:
      return `\`${token.text}\``;
  }
}
