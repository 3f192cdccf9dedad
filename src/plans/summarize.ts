import { bumps, type Comparison } from "../core/bump.js";

/** What a version changed, in one line of at most about 100 characters: the weightiest changes first. */
export function summarize({ changes }: Comparison): string {
  const ranked = [...changes].sort((a, b) => bumps.indexOf(b.bump) - bumps.indexOf(a.bump));
  const messages = ranked.map(({ message }) => message.replaceAll("`", "").replaceAll(/\s+/g, " "));
  const [first = "The text was edited", ...others] = messages;
  const short = others.filter((_, index) => [first, ...others.slice(0, index + 1)].join("; ").length <= 100);
  const left = others.length - short.length;
  return `${cut([first, ...short].join("; "), 300)}${left > 0 ? `; ${left} more` : ""}`;
}

/** The beginning of a text, at most so many code units long and never half a character. */
export function cut(text: string, length: number): string {
  return text.slice(0, length).replace(/[\ud800-\udbff]$/, "");
}
