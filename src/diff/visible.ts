/** Emoji keep their joiners and selectors: they are drawn as one sign. */
const emoji =
  "\\p{Extended_Pictographic}(?:\\ufe0f|\\p{Emoji_Modifier})?(?:\\u200d\\p{Extended_Pictographic}(?:\\ufe0f|\\p{Emoji_Modifier})?)*|[0-9#*]\\ufe0f?\\u20e3";

/** What a reader would not see, or what would change how the rest is drawn; tabs are left alone. */
const hidden =
  "(?!\\t)[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\p{Default_Ignorable_Code_Point}\\p{Noncharacter_Code_Point}]";

const pattern = new RegExp(`${emoji}|(${hidden})`, "gu");

/** How the two kinds of text are written; both leave it as it is when left out. */
export interface VisibleOptions {
  /** For the escape of a hidden character, such as `\x1b` or `\u{202e}`. */
  readonly escape?: (escaped: string) => string;
  /** For the text between. */
  readonly plain?: (text: string) => string;
}

const asIs = (text: string): string => text;

/**
 * Writes a text so that nothing in it can hide: control characters, terminal escapes, bidirectional overrides,
 * zero-width characters and line breaks become escapes.
 */
export function visible(text: string, { escape = asIs, plain = asIs }: VisibleOptions = {}): string {
  let result = "";
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    const [, character] = match;
    if (character === undefined) continue;
    if (match.index > end) result += plain(text.slice(end, match.index));
    result += escape(escapeOf(character));
    end = match.index + character.length;
  }
  return end === text.length ? result : result + plain(text.slice(end));
}

/** Shows a stretch of nothing but white space as signs; other text stays as it is. */
export function visibleSpaces(text: string): string {
  if (text.trim() !== "") return text;
  return text
    .replaceAll(" ", "·")
    .replaceAll("\t", "→\t")
    .replace(/[^\S\t\r\n\v\f]/gu, escapeOf);
}

function escapeOf(character: string): string {
  if (character === "\r") return "\\r";
  if (character === "\n") return "\\n";
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 2 ? `\\u{${code}}` : `\\x${code.padStart(2, "0")}`;
}
