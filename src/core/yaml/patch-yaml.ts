import { isMap, isScalar, parseDocument, type Node, type Scalar } from "yaml";
import { isJsonObject, jsonEquals, type JsonObject, type JsonValue } from "../json.js";
import { endOf, keyOf, startOf, type Entry } from "./pair.js";
import { TextEdit } from "./text-edit.js";

/** How entries that are written anew look. */
export interface YamlStyle {
  /** Orders two keys of the map at a path. */
  readonly compareKeys: (a: string, b: string, path: readonly string[]) => number;
  /** The lines of `key: value` at a path, without indentation. */
  readonly printEntry: (path: readonly string[], value: JsonValue) => readonly string[];
}

/**
 * Makes a YAML text say `after` where it says `before`. Only the lines of entries that differ are touched; a comment
 * inside or beside an entry that goes stays in its place, because a person wrote it.
 */
export function patchYaml(text: string, before: JsonObject, after: JsonObject, style: YamlStyle): string {
  const { contents } = parseDocument(text, { uniqueKeys: false, version: "1.2", schema: "core" });
  if (!isMap(contents) || contents.flow === true || contents.items.length === 0)
    return printYaml(text, after, style);
  const patch = new Patch(new TextEdit(text), style);
  patch.change({ entries: contents.items as Entry[], before, after, path: [], top: 0 });
  return patch.edit.result();
}

/** The value printed anew, below the comments that the text had. */
export function printYaml(text: string, value: JsonObject, style: YamlStyle): string {
  const keys = Object.keys(value).sort((a, b) => style.compareKeys(a, b, []));
  const lines = keys.flatMap((key) => style.printEntry([key], value[key] ?? null));
  const comments = new TextEdit(text).commentsIn(0, text.length);
  return [...comments, ...lines].map((line) => `${line}\n`).join("");
}

/** A block map of the text, and what it has to say instead. */
interface Change {
  readonly entries: readonly Entry[];
  readonly before: JsonObject;
  readonly after: JsonObject;
  readonly path: readonly string[];
  /** Where the map's first line begins. */
  readonly top: number;
}

class Patch {
  constructor(
    readonly edit: TextEdit,
    private readonly style: YamlStyle,
  ) {}

  change(change: Change): void {
    const { entries, before, after, path } = change;
    for (const entry of entries) {
      const key = keyOf(entry);
      const [was, is] = [before[key] ?? null, after[key]];
      if (is === undefined) this.#remove(entry);
      else if (!jsonEquals(was, is)) this.#changeValue(entry, [...path, key], was, is);
    }
    const added = Object.keys(after).filter((key) => !Object.hasOwn(before, key));
    for (const key of added.sort((a, b) => this.style.compareKeys(a, b, path))) this.#add(key, change);
  }

  #add(key: string, { entries, after, path, top }: Change): void {
    const { edit, style } = this;
    const [first, last] = [entries[0], entries.at(-1)];
    if (first === undefined || last === undefined) return;
    const column = edit.column(startOf(first));
    const lines = style.printEntry([...path, key], after[key] ?? null).map((line) => indent(line, column));
    const at = entries.findIndex((entry) => style.compareKeys(key, keyOf(entry), path) < 0);
    const [previous, next] = [entries[at - 1], entries[at]];
    if (next !== undefined) {
      const floor = at === 0 || previous === undefined ? top : edit.lineEnd(endOf(previous)) + 1;
      edit.insertBefore(edit.aboveComments(edit.lineStart(startOf(next)), floor), lines);
    } else if (Object.hasOwn(after, keyOf(last))) edit.insertAfter(edit.lineEnd(endOf(last)), lines);
    else edit.insertBefore(edit.lineStart(startOf(last)), lines); // the last entry goes
  }

  #changeValue(entry: Entry, path: readonly string[], was: JsonValue, is: JsonValue): void {
    const { value } = entry;
    const isMapStill = isJsonObject(was) && isJsonObject(is) && Object.keys(is).length > 0;
    if (isMap(value) && isMapStill && value.items.length > 0) {
      const entries = value.items as Entry[];
      if (value.flow !== true) {
        const top = this.edit.lineEnd(startOf(entry)) + 1;
        this.change({ entries, before: was, after: is, path, top });
        return;
      }
      if (hasSameShape(was, is)) {
        this.#changeFlow(entries, was, is);
        return;
      }
    }
    const [line = "", ...more] = this.style.printEntry(path, is);
    if (this.#isWord(value) && isWord(is) && more.length === 0) {
      const [name = ""] = this.style.printEntry(path, null); // `key: null`
      this.#replaceWord(value, line.slice(name.lastIndexOf(":") + 2));
    } else this.#rewrite(entry, path, is);
  }

  /** Replaces single words of a flow map in place. */
  #changeFlow(entries: readonly Entry[], was: JsonObject, is: JsonObject): void {
    for (const entry of entries) {
      const [old, now] = [was[keyOf(entry)] ?? null, is[keyOf(entry)] ?? null];
      if (jsonEquals(old, now)) continue;
      if (isMap(entry.value) && isJsonObject(old) && isJsonObject(now))
        this.#changeFlow(entry.value.items as Entry[], old, now);
      else this.#replaceWord(entry.value, JSON.stringify(now));
    }
  }

  #replaceWord(node: Node | null, text: string): void {
    const [at, until] = node?.range ?? [0, 0];
    this.edit.replace(at, until, text);
  }

  /** Writes an entry anew; comments inside it stand above it then, the one on its line stays there. */
  #rewrite(entry: Entry, path: readonly string[], value: JsonValue): void {
    const { edit } = this;
    const [at, end] = [edit.lineStart(startOf(entry)), endOf(entry)];
    const until = edit.lineEnd(end);
    const column = edit.column(startOf(entry));
    const [first = "", ...more] = this.style.printEntry(path, value).map((line) => indent(line, column));
    const above = edit.commentsIn(at, end).map((comment) => indent(comment, column));
    const beside = edit.text.slice(Math.min(end, until), until);
    edit.replace(at, until, [...above, first + beside, ...more].join("\n"));
  }

  /** Takes an entry away; its comments stay where it stood. */
  #remove(entry: Entry): void {
    const { edit } = this;
    const [at, end] = [edit.lineStart(startOf(entry)), edit.lineEnd(endOf(entry))];
    const column = edit.column(startOf(entry));
    const left = edit.commentsIn(at, end).map((comment) => `${indent(comment, column)}\n`);
    edit.replace(at, Math.min(end + 1, edit.text.length), left.join(""));
  }

  /** Says whether a value stands as one word on one line. */
  #isWord(node: Node | null): node is Scalar {
    if (!isScalar(node) || node.type === "BLOCK_LITERAL" || node.type === "BLOCK_FOLDED") return false;
    const [at, until] = node.range ?? [0, 0];
    return at < until && !this.edit.text.slice(at, until).includes("\n");
  }
}

function indent(line: string, column: number): string {
  return line === "" ? "" : " ".repeat(column) + line;
}

function isWord(value: JsonValue | undefined): boolean {
  return value !== undefined && (typeof value !== "object" || value === null);
}

/** Says whether two maps differ in single words only. */
function hasSameShape(was: JsonObject, is: JsonObject): boolean {
  const keys = Object.keys(is);
  return (
    keys.length === Object.keys(was).length &&
    keys.every((key) => {
      const [old, now] = [was[key], is[key]];
      if (isJsonObject(old) && isJsonObject(now)) return hasSameShape(old, now);
      return jsonEquals(old, now) || (isWord(old) && isWord(now) && old !== null);
    })
  );
}
