import { displayWidth } from "./width.js";

/**
 * Breaks text at its blanks into lines of at most `width` columns; a word that is longer has a line of its own.
 * Without a width, which is a pipe, only its own line breaks break it.
 */
export function wrap(text: string, width: number | undefined): string[] {
  const lines = text.split("\n");
  return width === undefined ? lines : lines.flatMap((line) => wrapLine(line, width));
}

function wrapLine(line: string, width: number): string[] {
  const lines: string[] = [];
  let current = "";
  for (const word of line.split(" ")) {
    const longer = current === "" ? word : `${current} ${word}`;
    if (current !== "" && displayWidth(longer) > width) {
      lines.push(current);
      current = word;
    } else current = longer;
  }
  return [...lines, current];
}
