import type { JsonValue } from "../json.js";

const formats: Readonly<Record<string, string>> = {
  version: 'a version such as "1.2.0"',
  date: "a day of the calendar such as 2026-12-31",
  maintained: 'a line of versions such as "1" or "1.2"',
  folder: "a folder inside the repository, with forward slashes",
  closure: "sha256: and 64 hexadecimal digits",
  min_soak: "a duration such as 24h",
};

/** What a pattern asks for, by the definition or property of the schema that holds it. */
export function formatInWords(schemaPath: string): string {
  const holder = schemaPath.split("/").findLast((step) => Object.hasOwn(formats, step));
  return formats[holder ?? ""] ?? "a name of a-z, 0-9 and single `.`, `_`, `-` between them";
}

/** A type of JSON as people say it. */
export function typeInWords(type: string): string {
  const words: Record<string, string> = {
    string: "a text",
    object: "a map",
    array: "a list",
    boolean: "true or false",
    integer: "a whole number",
    null: "empty",
  };
  return words[type] ?? `a ${type}`;
}

/** A value as it stands in a message: JSON, cut after 60 characters. */
export function valueInWords(value: JsonValue | undefined): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
