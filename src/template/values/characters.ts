const surrogate = /[\ud800-\udfff]/;

/** The characters of a text as Python counts them: code points, not UTF-16 units. */
export function characters(text: string): string[] {
  return surrogate.test(text) ? Array.from(text) : text.split("");
}

/** Python's `len()` of a text. */
export function characterCount(text: string): number {
  return surrogate.test(text) ? Array.from(text).length : text.length;
}

/** Python's `text[start:stop]` for bounds that lie inside. */
export function substring(text: string, start: number, stop?: number): string {
  return surrogate.test(text) ? Array.from(text).slice(start, stop).join("") : text.slice(start, stop);
}
