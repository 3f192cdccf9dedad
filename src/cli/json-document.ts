/**
 * A value as the one JSON document of a run: two spaces, one trailing line break. Characters that a terminal obeys
 * or that reorder text are escaped, which changes no string.
 */
export function jsonDocument(value: unknown): string {
  const text = JSON.stringify(value ?? null, null, 2);
  return `${text.replace(/[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, unicodeEscape)}\n`;
}

const unicodeEscape = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
