import {
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type Node,
  type ParsedNode,
  type Range,
} from "yaml";
import type { Place } from "../finding.js";
import type { JsonValue } from "../json.js";

/** How much a YAML text may hold. Depth counts nested maps and lists, keys all keys of all maps. */
export interface YamlLimits {
  readonly length: number;
  readonly depth: number;
  readonly keys: number;
}

/** What is wrong with a YAML text; `code` is stable, such as `duplicate-key` or `alias`. */
export interface YamlProblem extends Place {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

/** A YAML text as plain data. Objects have no prototype; a text with problems has no value. */
export interface YamlText {
  readonly value: JsonValue | undefined;
  readonly problems: readonly YamlProblem[];
  /** Where the entry at a path stands: its key, or its value; the nearest entry above when it does not exist. */
  readonly locate: (path: readonly (string | number)[], part?: "key" | "value") => Place;
}

/**
 * Reads one YAML 1.2 document as JSON data. Anchors, aliases, tags, merge keys and duplicate keys are refused:
 * data files need none of them, and each has been used to hide something.
 */
export function readYaml(text: string, limits: YamlLimits, firstLine = 1): YamlText {
  const lines = new LineCounter();
  const placeOf = (range: readonly number[] | null | undefined): Place => {
    const [start, end] = [lines.linePos(range?.[0] ?? 0), lines.linePos(range?.[1] ?? range?.[0] ?? 0)];
    const shift = firstLine - 1;
    return {
      line: Math.max(start.line, 1) + shift,
      column: Math.max(start.col, 1),
      endLine: Math.max(end.line, 1) + shift,
      endColumn: Math.max(end.col, 1),
    };
  };
  const failed = (problems: readonly YamlProblem[]): YamlText => ({
    value: undefined,
    problems,
    locate: () => ({ line: firstLine, column: 1 }),
  });
  if (text.length > limits.length) {
    return failed([
      tooLarge(`the YAML has ${text.length} characters; ${limits.length} are allowed`, firstLine),
    ]);
  }
  let document: Document.Parsed<ParsedNode>;
  try {
    document = parseDocument(text, {
      lineCounter: lines,
      uniqueKeys: false, // quadratic in yaml; checked below with a set
      prettyErrors: false,
      merge: false,
      version: "1.2",
      schema: "core",
    }) as Document.Parsed<ParsedNode>;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return failed([tooLarge("the YAML is nested too deeply", firstLine)]);
  }
  const parseProblems = [...document.errors, ...document.warnings].map((error) => ({
    ...placeOf(error.pos),
    code: error.code.toLowerCase().replaceAll("_", "-"),
    message: (error.message.split("\n")[0] ?? "").replace(/[.:]$/, ""),
    hint: error.code === "MULTIPLE_DOCS" ? "keep one document in the file" : "mend the YAML here",
  }));
  if (parseProblems.length > 0) return failed(parseProblems);
  const reader = new ValueReader(limits, placeOf);
  const value = reader.read(document.contents, 0);
  return {
    value: reader.problems.length > 0 ? undefined : value,
    problems: reader.problems,
    locate: (path, part = "value") => placeOf(rangeAt(document.contents, path, part)),
  };
}

function tooLarge(message: string, line: number): YamlProblem {
  return { code: "too-large", message, hint: "split the file or make it smaller", line, column: 1 };
}

function rangeAt(
  root: Node | null,
  path: readonly (string | number)[],
  part: "key" | "value",
): Range | null | undefined {
  let node: Node | null = root;
  let range = root?.range;
  for (const [index, step] of path.entries()) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
      if (pair === undefined) break;
      const value = pair.value as Node | null;
      const isLast = index === path.length - 1;
      range =
        isLast && (part === "key" || !value?.range)
          ? (pair.key as Node).range
          : (value ?? (pair.key as Node)).range;
      node = value;
    } else if (isSeq(node)) {
      const item: Node | undefined = node.items[Number(step)] as Node | undefined;
      if (item === undefined) break;
      range = item.range;
      node = item;
    } else break;
  }
  return range;
}

/** Turns nodes into plain values and notes what data files may not hold. */
class ValueReader {
  readonly problems: YamlProblem[] = [];
  #keys = 0;

  constructor(
    private readonly limits: YamlLimits,
    private readonly placeOf: (range: readonly number[] | null | undefined) => Place,
  ) {}

  read(node: Node | null, depth: number): JsonValue {
    if (node === null) return null;
    if (isAlias(node))
      return this.#refuse(node, "alias", "YAML aliases (`*name`) are not allowed", "write the value out");
    const { anchor, tag } = node as { anchor?: string; tag?: string };
    if (anchor !== undefined)
      return this.#refuse(node, "anchor", "YAML anchors (`&name`) are not allowed", "remove the anchor");
    if (tag !== undefined && !tag.startsWith("tag:yaml.org,2002:")) {
      return this.#refuse(node, "tag", `the YAML tag \`${tag}\` is not allowed`, "remove the tag");
    }
    if (depth > this.limits.depth) {
      return this.#refuse(
        node,
        "too-deep",
        `nested deeper than ${this.limits.depth} levels`,
        "flatten the data",
      );
    }
    if (isMap(node)) return this.#readMap(node, depth);
    if (isSeq(node))
      return node.items.map((item) => this.read(isPair(item) ? null : (item as Node), depth + 1));
    return isScalar(node) ? this.#readScalar(node) : null;
  }

  #readMap(node: Node & { items: { key: unknown; value: unknown }[] }, depth: number): JsonValue {
    const object = Object.create(null) as Record<string, JsonValue>;
    for (const { key, value } of node.items) {
      if (!isScalar(key) || (key as { anchor?: string }).anchor !== undefined) {
        this.#refuse((key ?? node) as Node, "key", "a key must be a plain word", "quote the key");
        continue;
      }
      const word = String(key.value);
      this.#keys += 1;
      if (this.#keys === this.limits.keys + 1) {
        this.#refuse(key, "too-many-keys", `more than ${this.limits.keys} keys`, "make the file smaller");
      }
      if (word === "__proto__") this.#refuse(key, "key", "`__proto__` is no allowed key", "rename the key");
      else if (word === "<<")
        this.#refuse(key, "merge-key", "merge keys (`<<`) are not allowed", "write the entries out");
      else if (Object.hasOwn(object, word)) {
        this.#refuse(key, "duplicate-key", `key \`${word}\` appears twice`, "remove one of the two");
      } else object[word] = this.read(value as Node | null, depth + 1);
    }
    return object;
  }

  #readScalar(node: Node & { value: unknown }): JsonValue {
    const { value } = node;
    if (value === null || typeof value === "string" || typeof value === "boolean") return value;
    if (typeof value === "number" && Number.isFinite(value)) return value;
    return this.#refuse(
      node,
      "value",
      `\`${String(value)}\` has no place in JSON`,
      "quote it to make it a text",
    );
  }

  #refuse(node: Node, code: string, message: string, hint: string): null {
    this.problems.push({ ...this.placeOf(node.range), code, message, hint });
    return null;
  }
}
