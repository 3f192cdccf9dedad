/** Python's `str.capitalize`: the first character in title case, the rest in lower case. */
export function capitalized(text: string): string {
  const first = String.fromCodePoint(text.codePointAt(0) ?? 32);
  return text === "" ? "" : titleCase(first) + text.slice(first.length).toLowerCase();
}

const digraphs: Readonly<Record<string, string>> = {
  ǆ: "ǅ",
  Ǆ: "ǅ",
  ǉ: "ǈ",
  Ǉ: "ǈ",
  ǌ: "ǋ",
  Ǌ: "ǋ",
  ǳ: "ǲ",
  Ǳ: "ǲ",
};

/** One character in title case: `ß` becomes `Ss`. */
function titleCase(character: string): string {
  const [first = "", ...rest] = character.toUpperCase();
  return digraphs[character] ?? first + rest.join("").toLowerCase();
}

/** Python's `str.title`: a letter after anything but a letter begins a word. */
export function titled(text: string): string {
  return text.replace(/\p{L}+/gu, (word) => capitalized(word));
}

/** Python's `str.swapcase`. */
export function swapped(text: string): string {
  return text.replace(/\p{L}/gu, (one) =>
    one === one.toUpperCase() ? one.toLowerCase() : one.toUpperCase(),
  );
}

/** Python's `islower`, `isupper` and `istitle`: there is a cased letter, and all cased letters agree. */
export function isCased(text: string, style: "lower" | "upper" | "title"): boolean {
  if (text.toLowerCase() === text.toUpperCase()) return false;
  if (style === "lower") return text === text.toLowerCase();
  if (style === "upper") return text === text.toUpperCase();
  return titled(text) === text;
}
