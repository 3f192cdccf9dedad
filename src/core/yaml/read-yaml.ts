import type { Place } from "../finding.js";
import type { JsonValue } from "../json.js";
import { parseYaml } from "./parse-yaml.js";
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
 * data files need none of them, and each has been used to hide something. A text in the strict subset is parsed in
 * full only when somebody asks where something stands.
 */
export function readYaml(text: string, limits: YamlLimits, firstLine = 1): YamlText {
  const quick = readSubset(text, limits);
  if (quick === undefined) return parseYaml(text, limits, firstLine);
  let parsed: YamlText | undefined;
  return {
    value: quick.value,
    problems: [],
    locate: (path, part) => (parsed ??= parseYaml(text, limits, firstLine)).locate(path, part),
  };
}
