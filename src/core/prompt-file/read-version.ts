import type { Problem } from "../finding.js";
import type { Prompt } from "../prompt.js";
import { textProblem } from "../text.js";
import type { YamlText } from "../yaml/read-yaml.js";
import { asFrontMatter, checkFrontMatter, isUsable, readFrontMatter } from "./front-matter.js";
import { splitFile } from "./split.js";

/** A version file as a value, and where its parts stood. */
export interface VersionText {
  /** Undefined when the file cannot be used: see `problems`. */
  readonly prompt: Prompt | undefined;
  readonly problems: readonly Problem[];
  /** The line of the file on which the body begins. */
  readonly bodyLine: number;
  /** Where an entry of the front-matter stands. */
  readonly locate: YamlText["locate"];
}

/** Reads the text of a version file that its path says is `name` at `version`. */
export function readVersion(text: string, identity: { name: string; version: string }): VersionText {
  const parts = splitFile(text);
  const odd = textProblem(text);
  if (parts === undefined || odd !== undefined) {
    const problem: Problem = odd ?? {
      rule: "schema-yaml-invalid",
      message: text.startsWith("---\n")
        ? "the front-matter has no closing `---`"
        : "the file has no front-matter",
      hint: "begin the file with `---`, the metadata, and `---` again",
      line: 1,
      column: 1,
    };
    return { prompt: undefined, problems: [problem], bodyLine: 1, locate: () => ({ line: 1, column: 1 }) };
  }
  const { data, problems, locate } = readFrontMatter(parts.yaml, parts.yamlLine);
  if (data === undefined || problems.length > 0) {
    return { prompt: undefined, problems, bodyLine: parts.bodyLine, locate };
  }
  const found = checkFrontMatter(data, locate);
  const frontMatter = asFrontMatter(data);
  for (const field of ["name", "version"] as const) {
    const [inFile, inPath] = [data[field], identity[field]];
    if (typeof inFile !== "string" || inFile === inPath || found.some((it) => it.data?.["field"] === field))
      continue;
    found.push({
      rule: "layout-identity-mismatch",
      message: `${field} \`${inFile}\` in the file, \`${inPath}\` in its path`,
      hint: `set \`${field}: "${inPath}"\``,
      ...locate([field]),
      data: { field, inFile, inPath },
    });
  }
  const body = parts.body.endsWith("\n") ? parts.body.slice(0, -1) : parts.body;
  return {
    prompt: isUsable(found) ? { ...identity, frontMatter, body } : undefined,
    problems: found,
    bodyLine: parts.bodyLine,
    locate,
  };
}
