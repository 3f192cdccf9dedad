import type { Place, Problem } from "../finding.js";
import { isJsonObject, type JsonObject } from "../json.js";
import type { FrontMatter } from "../prompt.js";
import { checkSchema, type SchemaProblem } from "../schema/check.js";
import { unmerged } from "../yaml/unmerged.js";
import { readYaml, type YamlText } from "../yaml/read-yaml.js";

/** Front-matter is read on every look-up, so it is kept small before anything parses it. */
const limits = { length: 64 * 1024, depth: 16, keys: 2048 };

/** YAML as front-matter: a map, or the problems that make it none. */
export interface FrontMatterText {
  readonly data: JsonObject | undefined;
  readonly problems: readonly Problem[];
  readonly locate: YamlText["locate"];
}

/** Reads YAML text that must hold a map. */
export function readFrontMatter(text: string, firstLine: number): FrontMatterText {
  const yaml = readYaml(text, limits, firstLine);
  const problems: Problem[] = yaml.problems.map(({ code, ...problem }) => ({
    ...problem,
    rule: "schema-yaml-invalid",
    data: { yamlCode: code },
  }));
  const data = yaml.value === null ? {} : yaml.value;
  if (problems.length === 0 && !isJsonObject(data)) {
    problems.push({
      rule: "schema-yaml-invalid",
      message: "the front-matter is no map of keys and values",
      hint: "write one `key: value` a line",
      line: firstLine,
      column: 1,
    });
  }
  return {
    data: isJsonObject(data) ? data : undefined,
    problems: unmerged(text, problems, firstLine - 1),
    locate: yaml.locate,
  };
}

/** Checks front-matter against `schemas/prompt.schema.json`. */
export function checkFrontMatter(data: JsonObject, locate: YamlText["locate"]): Problem[] {
  return checkSchema("prompt", data).map((problem) => toProblem(problem, locate));
}

/** Says whether the data, whose problems are given, can be used as front-matter all the same. */
export function isUsable(problems: readonly Problem[]): boolean {
  return problems.every((problem) => problem.rule === "schema-field-unknown");
}

/** The data as typed front-matter; call only when {@link isUsable}. */
export function asFrontMatter(data: JsonObject): FrontMatter {
  return data as unknown as FrontMatter;
}

const ruleOf = {
  missing: "schema-field-missing",
  unknown: "schema-field-unknown",
  wrong: "schema-field-invalid",
};

function toProblem(problem: SchemaProblem, locate: YamlText["locate"]): Problem {
  const place: Place = locate(problem.path, problem.isAboutKey ? "key" : "value");
  const field = [...problem.path, ...(problem.kind === "missing" && problem.key ? [problem.key] : [])].join(
    ".",
  );
  return {
    rule: ruleOf[problem.kind],
    message: problem.message,
    hint: problem.hint,
    ...place,
    data: {
      field,
      ...(problem.suggestion === undefined ? {} : { suggestion: problem.suggestion }),
      ...(problem.expected === undefined ? {} : { expected: problem.expected }),
    },
  };
}
