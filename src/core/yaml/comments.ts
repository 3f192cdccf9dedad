import { Lexer } from "yaml";

/** A comment in a text, from its `#` to the end of the line. */
export interface Comment {
  /** 0-based, in code units. */
  readonly at: number;
  readonly text: string;
}

/** Zero-width marks that the lexer puts between the pieces of the source. */
const marks = new Set(["\u0002", "\u0018", "\u001f"]);

/** All comments of a YAML text, in order; a `#` inside a value is none. */
export function commentsOf(text: string): readonly Comment[] {
  const comments: Comment[] = [];
  let at = 0;
  let isScalar = false;
  for (const piece of new Lexer().lex(text)) {
    if (!isScalar && piece.startsWith("#")) comments.push({ at, text: piece });
    isScalar = piece === "\u001f";
    if (!marks.has(piece)) at += piece.length;
  }
  return comments;
}
