import { formatPercent } from "../format/percent.js";
import { characterCount, substring } from "../values/characters.js";
import { Dict } from "../values/dict.js";
import { elementsOf, lengthOf } from "../values/elements.js";
import { textOf } from "../values/text.js";
import { isTrue } from "../values/kinds.js";
import { isUndefined, typeError } from "../values/undefined.js";
import { Tuple, type Args, type Value } from "../values/value.js";
import type { Run } from "../runtime/run.js";
import { tableOf, toInteger, toText, toTruth, type Bound, type Table } from "./builtin.js";
import { capitalized } from "./letters.js";
import { attributeReader } from "./order.js";
import { charsOf } from "./str-search-methods.js";
import { replaceText } from "./str-search-methods.js";
import { centered, joinParts } from "./str-shape-methods.js";
import { stripped } from "./white-space.js";

/** Filters that take a text (or turn what they get into one) and give a text, and `default`. */
export const textFilters: Table = tableOf("filter", {
  capitalize: ["", (value, _, run) => capitalized(textOf(value, run))],
  center: ["width?", (value, [width], run) => center(textOf(value, run), toInteger(width, "width", 80), run)],
  d: ["default_value? boolean?", orDefault],
  default: ["default_value? boolean?", orDefault],
  format: { anyArguments: format },
  join: ["d? attribute?", join],
  lower: ["", (value, _, run) => textOf(value, run).toLowerCase()],
  replace: ["old new count?", replace],
  string: ["", (value, _, run) => textOf(value, run)],
  title: ["", (value, _, run) => title(textOf(value, run))],
  trim: ["chars?", (value, [chars], run) => stripped(textOf(value, run), charsOf(chars), "both")],
  truncate: ["length? killwords? end? leeway?", truncate],
  upper: ["", (value, _, run) => textOf(value, run).toUpperCase()],
  urlencode: ["", urlEncode],
  wordcount: ["", (value, _, run) => textOf(value, run).match(/[\p{L}\p{N}_]+/gu)?.length ?? 0],
});

function orDefault(value: Value, [otherwise, boolean]: Bound): Value {
  const useIt = isUndefined(value) || (toTruth(boolean) && !isTrue(value));
  return useIt ? (otherwise === undefined ? "" : otherwise) : value;
}

function center(text: string, width: number, run: Run): string {
  const missing = width - characterCount(text);
  if (missing <= 0) return text;
  run.allow(width);
  return centered(text, missing, { fill: " ", width });
}

function format(value: Value, { positional, named }: Args, run: Run): string {
  if (positional.length > 0 && named.size > 0) {
    throw typeError("filter `format` takes either positional or named arguments, not both");
  }
  return formatPercent(textOf(value, run), named.size > 0 ? Dict.of(named) : new Tuple(positional), run);
}

function join(value: Value, [separator, attribute]: Bound, run: Run): string {
  const read = attribute === undefined || attribute === null ? null : attributeReader(attribute, run);
  const parts = elementsOf(value, run).map((item) => textOf(read === null ? item : read(item), run));
  run.charge(parts.length);
  return joinParts(parts, separator === undefined ? "" : textOf(separator, run), run);
}

function replace(value: Value, [old, by, count]: Bound, run: Run): string {
  const times = count === undefined || count === null ? -1 : toInteger(count, "count");
  return replaceText(textOf(value, run), textOf(old as Value, run), {
    by: textOf(by as Value, run),
    times,
    run,
  });
}

function title(text: string): string {
  return text
    .split(/([-\s({[<]+)/)
    .map((word) => {
      const first = String.fromCodePoint(word.codePointAt(0) ?? 0);
      return word === "" ? "" : first.toUpperCase() + word.slice(first.length).toLowerCase();
    })
    .join("");
}

function truncate(value: Value, [length, killwords, end, leeway]: Bound): Value {
  const ending = toText(end, "end", "...");
  const most = toInteger(length, "length", 255);
  const tolerance = leeway === undefined || leeway === null ? 5 : toInteger(leeway, "leeway");
  if (most < characterCount(ending)) throw typeError("`length` of `truncate` is shorter than its `end`");
  if (tolerance < 0) throw typeError("`leeway` of `truncate` is below zero");
  const size = lengthOf(value);
  if (size !== undefined && size <= most + tolerance) return value;
  const text = toText(value, "truncate");
  const kept = substring(text, 0, most - characterCount(ending));
  if (toTruth(killwords)) return kept + ending;
  const lastBlank = kept.lastIndexOf(" ");
  return (lastBlank === -1 ? kept : kept.slice(0, lastBlank)) + ending;
}

function urlEncode(value: Value, _: Bound, run: Run): string {
  if (typeof value === "string") return quoteUrl(value).replaceAll("%2F", "/");
  const isPairs = Array.isArray(value) || value instanceof Dict || value instanceof Tuple;
  if (!isPairs) return quoteUrl(textOf(value, run)).replaceAll("%2F", "/");
  const pairs =
    value instanceof Dict ? value.pairs() : elementsOf(value, run).map((pair) => elementsOf(pair, run));
  return pairs
    .map(([key = null, item = null]) => `${quoteQuery(textOf(key, run))}=${quoteQuery(textOf(item, run))}`)
    .join("&");
}

function quoteUrl(text: string): string {
  const escaped = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\ufffd")).replace(/[!'()*]/g, escaped);
}

function quoteQuery(text: string): string {
  return quoteUrl(text).replaceAll("%20", "+");
}
