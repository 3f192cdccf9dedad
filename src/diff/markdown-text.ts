import { visible } from "./visible.js";

/**
 * Writes a sentence of ours that quotes a stranger: code spans stay code, and nothing else in it can become
 * markup, a mention, a link or a reference to an issue.
 */
export function markdownText(text: string): string {
  return visible(text)
    .split(/(`[^`]+`)/)
    .map((part, index) => (index % 2 === 1 ? codeSpan(part.slice(1, -1)) : plainText(part)))
    .join("");
}

function plainText(text: string): string {
  return text
    .replace(/[\\`*_[\]<>|~&$]/g, "\\$&")
    .replace(/@(?=\w)|#(?=\d)|GH(?=-\d)|:(?=\/\/)|www(?=\\?\.)/g, "$&<!-- -->");
}

/** Writes text as inline code, whatever backticks it holds. */
export function codeSpan(text: string): string {
  const fence = "`".repeat(longestRun(text) + 1);
  const pad = /^`|`$|^ .* $/.test(text) ? " " : "";
  return `${fence}${pad}${visible(text)}${pad}${fence}`;
}

/** Writes lines as a code block whose fence no line can close. */
export function codeBlock(language: string, lines: readonly string[]): string {
  const shown = lines.map((line) => visible(line));
  const fence = "`".repeat(Math.max(3, ...shown.map((line) => longestRun(line) + 1)));
  return [fence + language, ...shown, fence].join("\n");
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
