import type { Run } from "../runtime/run.js";
import { characterCount, characters, substring } from "../values/characters.js";
import { isTrue, typeName } from "../values/kinds.js";
import { typeError } from "../values/undefined.js";
import { Tuple, type Value } from "../values/value.js";
import { tableOf, toInteger, toText, toTruth, type Bound, type Table } from "./builtin.js";
import { joinParts } from "./str-shape-methods.js";
import { linesOf, stripped, words } from "./white-space.js";

/** Methods of `str` that look for something in the text: strip, split, find, replace. */
export const searchMethods: Table = tableOf("method", {
  count: [
    "sub start? end?",
    (text, args) => occurrences(windowOf(text as string, args).text, toText(args[0], "sub")),
  ],
  endswith: [
    "suffix start? end?",
    (text, args) => hasEdge(text as string, args, (part, edge) => part.endsWith(edge)),
  ],
  find: ["sub start? end?", (text, args) => found(text as string, args, "first")],
  index: ["sub start? end?", (text, args) => needed(found(text as string, args, "first"), args)],
  lstrip: ["chars?", (text, [chars]) => stripped(text as string, charsOf(chars), "start")],
  partition: ["sep", (text, [sep]) => partitioned(text as string, toText(sep, "sep"), "first")],
  removeprefix: ["prefix", (text, [prefix]) => withoutPrefix(text as string, toText(prefix, "prefix"))],
  removesuffix: ["suffix", (text, [suffix]) => withoutSuffix(text as string, toText(suffix, "suffix"))],
  replace: ["old new count?", (text, args, run) => replaced(text as string, args, run)],
  rfind: ["sub start? end?", (text, args) => found(text as string, args, "last")],
  rindex: ["sub start? end?", (text, args) => needed(found(text as string, args, "last"), args)],
  rpartition: ["sep", (text, [sep]) => partitioned(text as string, toText(sep, "sep"), "last")],
  rsplit: ["sep? maxsplit?", (text, args, run) => run.made(split(text as string, args, "last"))],
  rstrip: ["chars?", (text, [chars]) => stripped(text as string, charsOf(chars), "end")],
  split: ["sep? maxsplit?", (text, args, run) => run.made(split(text as string, args, "first"))],
  splitlines: ["keepends?", (text, [keepends], run) => run.made(linesOf(text as string, toTruth(keepends)))],
  startswith: [
    "prefix start? end?",
    (text, args) => hasEdge(text as string, args, (part, edge) => part.startsWith(edge)),
  ],
  strip: ["chars?", (text, [chars]) => stripped(text as string, charsOf(chars), "both")],
});

/** `chars` of the strip methods; undefined (or `None`) means white space. */
export function charsOf(chars: Value | undefined): string | undefined {
  return chars === undefined || chars === null ? undefined : toText(chars, "chars");
}

/** The part of a text that `start` and `end` leave, and where it begins. */
function windowOf(text: string, [, start, end]: Bound): { readonly text: string; readonly start: number } {
  if (start === undefined || start === null) {
    if (end === undefined || end === null) return { text, start: 0 };
  }
  const length = characterCount(text);
  const place = (value: Value | undefined, name: string, otherwise: number): number => {
    const index = value === null ? otherwise : toInteger(value, name, otherwise);
    return Math.min(Math.max(index < 0 ? index + length : index, 0), length);
  };
  const from = place(start, "start", 0);
  return { text: substring(text, from, Math.max(from, place(end, "end", length))), start: from };
}

function occurrences(text: string, sub: string): number {
  return sub === "" ? characterCount(text) + 1 : text.split(sub).length - 1;
}

function hasEdge(text: string, args: Bound, test: (part: string, edge: string) => boolean): boolean {
  const edges = args[0] instanceof Tuple ? args[0].items : [args[0]];
  const part = windowOf(text, args).text;
  return edges.some((edge) => test(part, toText(edge, "prefix")));
}

function found(text: string, args: Bound, which: "first" | "last"): number {
  const sub = toText(args[0], "sub");
  const view = windowOf(text, args);
  const at = which === "first" ? view.text.indexOf(sub) : view.text.lastIndexOf(sub);
  return at === -1 ? -1 : view.start + characterCount(view.text.slice(0, at));
}

function needed(at: number, [sub]: Bound): number {
  if (at === -1) throw typeError(`the text does not hold \`${String(sub)}\``, "`find` gives -1 instead");
  return at;
}

function partitioned(text: string, sep: string, which: "first" | "last"): Tuple {
  if (sep === "") throw typeError("`sep` is empty");
  const at = which === "first" ? text.indexOf(sep) : text.lastIndexOf(sep);
  if (at === -1) return new Tuple(which === "first" ? [text, "", ""] : ["", "", text]);
  return new Tuple([text.slice(0, at), sep, text.slice(at + sep.length)]);
}

function withoutPrefix(text: string, prefix: string): string {
  return text.startsWith(prefix) ? text.slice(prefix.length) : text;
}

function withoutSuffix(text: string, suffix: string): string {
  return suffix !== "" && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text;
}

function replaced(text: string, [old, by, count]: Bound, run: Run): string {
  const times = count === undefined || count === null ? -1 : toInteger(count, "count");
  return replaceText(text, toText(old, "old"), { by: toText(by, "new"), times, run });
}

/** Python's `str.replace`; `times` below zero means all. */
export function replaceText(
  text: string,
  old: string,
  options: { by: string; times: number; run: Run },
): string {
  const { by, times, run } = options;
  if (times === 0) return text;
  const parts = old === "" ? ["", ...characters(text), ""] : text.split(old);
  run.charge(parts.length);
  if (times < 0 || times >= parts.length - 1) return joinParts(parts, by, run);
  const rest = parts.slice(times).join(old);
  return joinParts([...parts.slice(0, times), rest], by, run);
}

function split(text: string, [sep, maxsplit]: Bound, from: "first" | "last"): string[] {
  const most = maxsplit === undefined ? -1 : toInteger(maxsplit, "maxsplit");
  if (sep === undefined || sep === null || !isTrue(sep)) {
    if (typeof sep === "string") throw typeError("`sep` is empty", "leave it out to split at white space");
    if (sep !== undefined && sep !== null) throw typeError(`\`sep\` takes a text, not a ${typeName(sep)}`);
    return words(text, most, from);
  }
  const separator = toText(sep, "sep");
  const parts = text.split(separator);
  if (most < 0 || parts.length <= most + 1) return parts;
  if (from === "first") return [...parts.slice(0, most), parts.slice(most).join(separator)];
  const head = parts.length - most;
  return [parts.slice(0, head).join(separator), ...parts.slice(head)];
}
