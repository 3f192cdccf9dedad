import { commentsOf, type Comment } from "./comments.js";

interface Splice {
  readonly at: number;
  readonly until: number;
  readonly text: string;
}

/** Changes of a text that are collected first and made at once; positions are those of the text as it was. */
export class TextEdit {
  readonly #splices: Splice[] = [];
  #comments: readonly Comment[] | undefined;

  constructor(readonly text: string) {}

  replace(at: number, until: number, text: string): void {
    this.#splices.push({ at, until, text });
  }

  /** Adds lines before the line that begins at a position. */
  insertBefore(at: number, lines: readonly string[]): void {
    this.replace(at, at, lines.map((line) => `${line}\n`).join(""));
  }

  /** Adds lines after the line that ends at a position. */
  insertAfter(at: number, lines: readonly string[]): void {
    this.replace(at, at, lines.map((line) => `\n${line}`).join(""));
  }

  /** The text with all changes made; it ends with a line break. What is added at a place comes before what is replaced there. */
  result(): string {
    let [text, at] = ["", 0];
    for (const splice of this.#splices.sort((a, b) => a.at - b.at || a.until - b.until)) {
      text += this.text.slice(at, splice.at) + splice.text;
      at = splice.until;
    }
    text += this.text.slice(at);
    return text.endsWith("\n") || text === "" ? text : `${text}\n`;
  }

  lineStart(at: number): number {
    return at <= 0 ? 0 : this.text.lastIndexOf("\n", at - 1) + 1;
  }

  /** Where the line of a position ends: at its line break, or at the end of the text. */
  lineEnd(at: number): number {
    if (this.text[at - 1] === "\n") return at - 1; // a block of text ends behind its line break
    const end = this.text.indexOf("\n", at);
    return end < 0 ? this.text.length : end;
  }

  /** How far a position stands from the beginning of its line. */
  column(at: number): number {
    return at - this.lineStart(at);
  }

  /** Where the comment lines begin that stand right above a line, not above `floor`. */
  aboveComments(line: number, floor: number): number {
    let at = line;
    while (at > floor) {
      const above = this.lineStart(at - 1);
      if (above < floor || !/^[ \t]*#/.test(this.text.slice(above, at))) break;
      at = above;
    }
    return at;
  }

  /** The comments of a part of the YAML text. */
  commentsIn(at: number, until: number): readonly string[] {
    this.#comments ??= commentsOf(this.text);
    const within = this.#comments.filter((comment) => comment.at >= at && comment.at < until);
    return within.map((comment) => comment.text);
  }
}
