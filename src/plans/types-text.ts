import { addTo } from "../core/add-to.js";
import type { JsonObject } from "../core/json.js";
import { intersection, propertyKey, schemaType } from "./schema-type.js";

/** What one version takes: the names of its variables are the properties of the schema. */
export interface TypedVersion {
  readonly version: string;
  /** JSON Schema of all variables together; `required` holds only what has no default. */
  readonly schema: JsonObject;
}

/** One prompt, with the versions that each way of asking for it may serve. */
export interface TypedEntry {
  readonly name: string;
  readonly purpose: string | undefined;
  readonly versions: readonly TypedVersion[];
  /** By alias, the versions that it may serve. */
  readonly aliases: ReadonlyMap<string, readonly TypedVersion[]>;
  /** What is served to a caller who names nothing. */
  readonly unnamed: readonly TypedVersion[];
}

/** How the text begins: only files that begin so are ever overwritten. */
export const typesHeader =
  "// Made by `promptsync types`. Do not edit; run it again when prompts or aliases change.";

/** The TypeScript source that tells the compiler about prompts. */
export function typesText(entries: readonly TypedEntry[]): string {
  return [
    typesHeader,
    "/* eslint-disable */",
    "export {};",
    "",
    'declare module "promptsync" {',
    "  interface PromptRegistry {",
    ...entries.flatMap((entry) => entryLines(entry).map((line) => `    ${line}`)),
    "  }",
    "}",
    "",
  ].join("\n");
}

function entryLines({ name, purpose, versions, aliases, unnamed }: TypedEntry): readonly string[] {
  return [
    ...(purpose === undefined ? [] : [comment(purpose)]),
    `${JSON.stringify(name)}: {`,
    `  ${served("variables", unnamed)}`,
    ...(aliases.size === 0
      ? ["  aliases: {};"]
      : [
          "  aliases: {",
          ...[...aliases].map(([alias, list]) => `    ${served(propertyKey(alias), list)}`),
          "  };",
        ]),
    "  versions: {",
    ...versions.map((it) => `    ${JSON.stringify(it.version)}: ${variablesType([it])};`),
    "  };",
    "};",
  ];
}

/** `production: { … }; // 1.1.0, 2.0.0` */
function served(key: string, versions: readonly TypedVersion[]): string {
  const list = versions.map(({ version }) => version).join(", ");
  return `${key}: ${variablesType(versions)};${list === "" ? "" : ` // ${list}`}`;
}

/** The variables that suit every one of some versions: a variable is required when one of them requires it. */
function variablesType(versions: readonly TypedVersion[]): string {
  if (versions.length === 0) return "Record<string, unknown>";
  const types = new Map<string, string[]>();
  const required = new Set<unknown>();
  let isOpen = false;
  for (const { schema } of versions) {
    for (const [name, property] of Object.entries(schema["properties"] ?? {}))
      addTo(types, name, schemaType(property, schema));
    for (const name of (schema["required"] ?? []) as readonly unknown[]) required.add(name);
    isOpen ||= ![undefined, false].includes(schema["additionalProperties"] as undefined | false);
  }
  const fields = [...types].map(([name, list]) => {
    const known = list.filter((type) => type !== "unknown");
    return `${propertyKey(name)}${required.has(name) ? "" : "?"}: ${intersection(known.length === 0 ? ["unknown"] : known)}`;
  });
  if (isOpen) fields.push("[name: string]: unknown");
  return fields.length === 0 ? "Record<string, never>" : `{ ${fields.join("; ")} }`;
}

function comment(text: string): string {
  return `/** ${text.replaceAll(/\s+/g, " ").replaceAll("*/", "* /").trim()} */`;
}
