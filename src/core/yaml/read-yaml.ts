import type { Place } from "../finding.js";
import type { JsonValue } from "../json.js";
import { EntryFinder } from "./locate-subset.js";
import { parseYaml } from "./parse-yaml.js";
import { blockKeyAt } from "./plain-scalar.js";
import { readSubset } from "./read-subset.js";
import type { YamlLimits, YamlProblem } from "./value-reader.js";

/** A YAML text as plain data. Objects have no prototype; a text with problems has no value. */
export interface YamlText {
  readonly value: JsonValue | undefined;
  readonly problems: readonly YamlProblem[];
  /** Where the entry at a path stands: its key, or its value; the nearest entry above when it does not exist. */
  readonly locate: (path: readonly (string | number)[], part?: "key" | "value") => Place;
}

/**
 * Reads one YAML 1.2 document as JSON data. Anchors, aliases, tags, merge keys and duplicate keys are refused:
 * data files need none of them, and each has been used to hide something. Of a text in the strict subset only those
 * entries are parsed in full about which somebody asks where they stand.
 */
export function readYaml(text: string, limits: YamlLimits, firstLine = 1): YamlText {
  const quick = readSubset(text, limits);
  if (quick === undefined) return parseYaml(text, limits, firstLine);
  return { value: quick.value, problems: [], locate: locator(text, limits, firstLine) };
}

/** Finds places in a text of the subset: parses the lines of an entry, and the whole text only when it has to. */
function locator(text: string, limits: YamlLimits, firstLine: number): YamlText["locate"] {
  const finder = new EntryFinder(text);
  const parsed = new Map<number, YamlText>();
  const parse = (part: string, line: number): YamlText => {
    const known = parsed.get(line) ?? parseYaml(part, limits, line);
    parsed.set(line, known);
    return known;
  };
  let whole: YamlText | undefined;
  return (path, part) => {
    const found = finder.find(path);
    if (found === undefined) return (whole ??= parseYaml(text, limits, firstLine)).locate(path, part);
    const line = found.firstLine + firstLine - 1;
    const own = part === "key" && found.path.length === 1 ? placeOfKey(found.text, line) : undefined;
    return own ?? parse(found.text, line).locate(found.path, part);
  };
}

/** Where the key stands that lines of a block map begin with. */
function placeOfKey(lines: string, line: number): Place | undefined {
  const indent = lines.search(/[^ ]/);
  const key = blockKeyAt(lines, indent);
  return key && { line, column: indent + 1, endLine: line, endColumn: key.end + 1 };
}
