import { isAlias, isMap, isPair, isScalar, isSeq, type Node } from "yaml";
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

/** Turns nodes into plain values and notes what data files may not hold. */
export class ValueReader {
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
