import type { SchemaChangeKind } from "../core/change-kind.js";
import { isJsonObject, jsonEquals, type JsonObject, type JsonValue } from "../core/json.js";
import { joinPointer } from "../core/picoschema.js";
import type { SchemaChange } from "./change.js";
import { applicators, isAnnotation } from "./keywords.js";
import type { Role } from "./walk.js";

const texts = ["title", "description", "examples", "example"];

/**
 * Names what changed in what schemas say without refusing anything: words, defaults, formats and the order of output
 * properties. Only places that both schemas have, spelled alike, are compared.
 */
export function compareAnnotations(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  { role, pointer }: { role: Role; pointer: string },
): readonly SchemaChange[] {
  if (!isJsonObject(before) || !isJsonObject(after)) return [];
  return [...ownChanges(before, after, { role, pointer }), ...innerChanges(before, after, { role, pointer })];
}

interface At {
  readonly role: Role;
  readonly pointer: string;
}

function ownChanges(before: JsonObject, after: JsonObject, { role, pointer }: At): readonly SchemaChange[] {
  const changed = (key: string) => !jsonEquals(before[key], after[key]);
  const change = (kind: SchemaChangeKind, key: string, bump: "patch" | "minor"): SchemaChange => {
    return { kind, pointer: `${pointer}/${key}`, from: before[key] ?? null, to: after[key] ?? null, bump };
  };
  const defaultKind =
    role === "input"
      ? (["input-default-changed", "minor"] as const)
      : (["output-annotation-changed", "patch"] as const);
  return [
    ...texts.filter(changed).map((key) => change(`${role}-annotation-changed`, key, "patch")),
    ...(changed("default") ? [change(defaultKind[0], "default", defaultKind[1])] : []),
    ...(changed("format") ? [change(`${role}-format-changed`, "format", "patch")] : []),
    ...(role === "output" ? orderChange(before, after, pointer) : []),
  ];
}

/** The order of the properties that both sides have: a model writes them in this order. */
function orderChange(before: JsonObject, after: JsonObject, pointer: string): readonly SchemaChange[] {
  const [one, other] = [before.properties, after.properties];
  if (!isJsonObject(one) || !isJsonObject(other)) return [];
  const from = Object.keys(one).filter((name) => Object.hasOwn(other, name));
  const to = Object.keys(other).filter((name) => Object.hasOwn(one, name));
  if (from.join("\n") === to.join("\n")) return [];
  return [{ kind: "output-order-changed", pointer: `${pointer}/properties`, from, to, bump: "minor" }];
}

function innerChanges(before: JsonObject, after: JsonObject, { role, pointer }: At): readonly SchemaChange[] {
  return Object.keys(after).flatMap((keyword) => {
    const [one, other] = [before[keyword], after[keyword]];
    const place = { role, pointer: joinPointer(pointer, keyword) };
    const holds = keyword === "$defs" || keyword === "definitions" ? "map" : applicators[keyword];
    if (holds === undefined) return [];
    if (holds === "one" && isJsonObject(other)) return compareAnnotations(one, other, place);
    if (typeof one !== "object" || typeof other !== "object") return [];
    return Object.keys(other ?? {}).flatMap((key) =>
      compareAnnotations(memberAt(one, key), memberAt(other, key), {
        role,
        pointer: joinPointer(place.pointer, key),
      }),
    );
  });
}

function memberAt(holder: JsonValue | undefined, key: string): JsonValue | undefined {
  if (typeof holder !== "object" || holder === null || !Object.hasOwn(holder, key)) return undefined;
  return (holder as JsonObject)[key];
}

/** The schema without what refuses nothing, to see whether anything else differs. */
export function withoutAnnotations(schema: JsonValue): JsonValue {
  if (!isJsonObject(schema)) return schema;
  const kept = Object.entries(schema).filter(
    ([keyword]) => !isAnnotation(keyword, "annotate") || keyword === "$defs",
  );
  return Object.fromEntries(
    kept.map(([keyword, value]) => {
      const holds = keyword === "$defs" ? "map" : applicators[keyword];
      if (holds === undefined) return [keyword, value];
      if (Array.isArray(value)) return [keyword, value.map((item: JsonValue) => withoutAnnotations(item))];
      if (holds !== "map" || !isJsonObject(value)) return [keyword, withoutAnnotations(value)];
      return [
        keyword,
        Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutAnnotations(item)])),
      ];
    }),
  );
}
