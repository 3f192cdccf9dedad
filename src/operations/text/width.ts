const colour = /(\u001b\[[\d;]*m)/;

const ascii = /^[\x20-\x7e]*$/;
const zeroWidth = /^[\p{Mark}\p{Default_Ignorable_Code_Point}]+$/u;
const emoji = /\p{Emoji_Presentation}|\ufe0f/u;

/** Code points of East Asian Width W and F (UAX #11) with neighbours joined; emoji are found by their property. */
const wide: readonly (readonly [first: number, last: number])[] = [
  [0x1100, 0x115f],
  [0x2329, 0x232a],
  [0x2e80, 0x303e],
  [0x3041, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x1b2ff],
  [0x20000, 0x3fffd],
];

/** The columns that a line takes on a terminal: two for a full-width character or an emoji, none for a colour. */
export function displayWidth(line: string): number {
  if (ascii.test(line)) return line.length;
  return split(line).reduce((sum, piece) => sum + widthOf(piece), 0);
}

/** Shortens a line to at most `width` columns, the last of them `…`; its colours still end where they did. */
export function cut(line: string, width: number): string {
  if (displayWidth(line) <= width) return line;
  let kept = "";
  let left = width - 1; // one for the mark
  let full = false;
  for (const piece of split(line)) {
    const columns = widthOf(piece);
    if (columns > 0 && !full && columns > left) {
      kept += "…";
      full = true;
    }
    if (columns === 0 ? !full || colour.test(piece) : !full) kept += piece;
    left -= columns;
  }
  return kept;
}

/** Fills a line with spaces up to `width` columns. */
export function pad(line: string, width: number, side: "left" | "right" = "right"): string {
  const spaces = " ".repeat(Math.max(0, width - displayWidth(line)));
  return side === "right" ? line + spaces : spaces + line;
}

let segmenter: Intl.Segmenter | undefined; // made when the first line needs it: most output is ASCII

/** Colours and what a reader takes for one character, in order. */
function split(line: string): string[] {
  const graphemes = (segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" }));
  return line
    .split(colour)
    .flatMap((part) =>
      colour.test(part) ? [part] : [...graphemes.segment(part)].map(({ segment }) => segment),
    );
}

function widthOf(piece: string): number {
  if (colour.test(piece) || zeroWidth.test(piece)) return 0;
  const code = piece.codePointAt(0) ?? 0;
  return emoji.test(piece) || wide.some(([first, last]) => code >= first && code <= last) ? 2 : 1;
}
