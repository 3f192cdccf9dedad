import { LineCounter, parseDocument, type Document, type ParsedNode } from "yaml";
import type { Place } from "../finding.js";
import { rangeAt } from "./range-at.js";
import type { YamlText } from "./read-yaml.js";
import { ValueReader, type YamlLimits, type YamlProblem } from "./value-reader.js";

/** A text that is broken all over is told about no further. */
const mostProblems = 20;

/** Reads a YAML text by the full parser; see {@link readYaml}, which asks a faster one first. */
export function parseYaml(text: string, limits: YamlLimits, firstLine = 1): YamlText {
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
    problems: problems.slice(0, mostProblems),
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
    problems: reader.problems.slice(0, mostProblems),
    locate: (path, part = "value") => placeOf(rangeAt(document.contents, path, part)),
  };
}

function tooLarge(message: string, line: number): YamlProblem {
  return { code: "too-large", message, hint: "split the file or make it smaller", line, column: 1 };
}
