/**
 * What a terminal obeys instead of showing: the control characters C0 (but tab and line feed), DEL and C1, and the
 * marks that reorder the text around them (Trojan Source, CVE-2021-42574).
 */
const commands = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

const shown = (character: string) => {
  const code = character.charCodeAt(0);
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16)}`;
};

/** Makes text from elsewhere safe to print on a terminal: what the terminal would obey becomes visible, `\x1b`. */
export function escape(text: string): string {
  return text.replace(commands, shown);
}

/** Applies {@link escape} to every string and key of a JSON document. */
export function escapeDeep<Document>(document: Document): Document;
export function escapeDeep(document: unknown): unknown {
  if (typeof document === "string") return escape(document);
  if (Array.isArray(document)) return document.map((item: unknown) => escapeDeep(item));
  if (typeof document !== "object" || document === null) return document;
  return Object.fromEntries(
    Object.entries(document).map(([key, value]) => [escape(key), escapeDeep(value as unknown)]),
  );
}
