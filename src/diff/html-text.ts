import { visible, visibleSpaces } from "./visible.js";

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Writes text so that HTML and XML take it for nothing but text, also in an attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? "");
}

/**
 * Writes a stranger's text as HTML, its hidden characters as marked escapes.
 * @param options.spaces whether a stretch of nothing but white space is shown as signs
 */
export function shown(text: string, { spaces = false }: { readonly spaces?: boolean } = {}): string {
  return visible(spaces ? visibleSpaces(text) : text, {
    escape: (escaped) => `<span class="hidden">${escapeHtml(escaped)}</span>`,
    plain: escapeHtml,
  });
}

/** Writes a sentence of ours: hidden characters shown, `quoted` parts as code. */
export function sentence(text: string): string {
  return text
    .split(/`([^`]+)`/)
    .map((part, index) => (index % 2 === 1 ? `<code>${shown(part)}</code>` : shown(part)))
    .join("");
}
