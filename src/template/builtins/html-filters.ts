import type { Run } from "../runtime/run.js";
import { Dict } from "../values/dict.js";
import { typeName } from "../values/kinds.js";
import { textOf } from "../values/text.js";
import { isUndefined, typeError } from "../values/undefined.js";
import type { Value } from "../values/value.js";
import { tableOf, type Bound, type Table } from "./builtin.js";

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&#34;",
  "'": "&#39;",
};

/** Filters for markup. Nothing is escaped by itself, so there is no "safe" text: `safe` leaves a text as it is. */
export const htmlFilters: Table = tableOf("filter", {
  e: ["", (value, _, run) => escape(textOf(value, run))],
  escape: ["", (value, _, run) => escape(textOf(value, run))],
  forceescape: ["", (value, _, run) => escape(textOf(value, run))],
  safe: ["", (value, _, run) => textOf(value, run)],
  striptags: ["", (value, _, run) => stripTags(textOf(value, run))],
  xmlattr: ["autospace?", xmlAttributes],
});

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** Removes comments, then tags; white space becomes single blanks, and entities their characters. */
function stripTags(text: string): string {
  const bare = without(without(text, "<!--", "-->"), "<", ">");
  const plain = bare
    .split(/\s+/)
    .filter((word) => word !== "")
    .join(" ");
  return plain.replace(/&(#\d{1,7}|#x[\da-f]{1,6}|amp|lt|gt|quot|apos|nbsp);/gi, (whole, entity: string) => {
    const known: Readonly<Record<string, string>> = {
      amp: "&",
      lt: "<",
      gt: ">",
      quot: '"',
      apos: "'",
      nbsp: "\u00a0",
    };
    if (!entity.startsWith("#")) return known[entity.toLowerCase()] ?? whole;
    const code =
      entity[1]?.toLowerCase() === "x" ? Number.parseInt(entity.slice(2), 16) : Number(entity.slice(1));
    return code > 0x10ffff ? whole : String.fromCodePoint(code);
  });
}

/** A text without everything between `open` and the next `close`; one that is not closed stays. Linear. */
function without(text: string, open: string, close: string): string {
  let result = "";
  let at = 0;
  for (let start = text.indexOf(open); start !== -1; start = text.indexOf(open, at)) {
    const end = text.indexOf(close, start + open.length);
    if (end === -1) break;
    result += text.slice(at, start);
    at = end + close.length;
  }
  return result + text.slice(at);
}

function xmlAttributes(value: Value, [autospace]: Bound, run: Run): string {
  if (!(value instanceof Dict)) throw typeError(`filter \`xmlattr\` takes a dict, not a ${typeName(value)}`);
  const parts: string[] = [];
  for (const [key, item] of value.pairs()) {
    if (item === null || isUndefined(item)) continue;
    const name = textOf(key, run);
    if (/[\s/>=]/.test(name)) throw typeError(`\`${name}\` is no name of an attribute`);
    parts.push(`${escape(name)}="${escape(textOf(item, run))}"`);
  }
  const text = parts.join(" ");
  return autospace !== false && text !== "" ? ` ${text}` : text;
}
