import type { Problem } from "../finding.js";
import type { JsonObject } from "../json.js";
import type { FrontMatter } from "../prompt.js";
import { normalizeDraft, textProblem } from "../text.js";
import { asFrontMatter, checkFrontMatter, readFrontMatter } from "./front-matter.js";
import { splitFile } from "./split.js";

/** The file formats of a draft. */
export const draftFormats = ["md", "txt", "yaml"] as const;

/** One of {@link draftFormats}; `.yml` is `yaml`. */
export type DraftFormat = (typeof draftFormats)[number];

/** An editable prompt: what the next version would hold, without its name and number. */
export interface Draft {
  readonly frontMatter: FrontMatter;
  readonly body: string;
  /** The version the author asks for, as written. */
  readonly version: string | undefined;
  readonly owner: string | undefined;
  readonly purpose: string | undefined;
}

/** A draft as a value, and where its parts stood. */
export interface DraftText {
  /** Undefined when the text cannot be used: see `problems`. */
  readonly draft: Draft | undefined;
  readonly problems: readonly Problem[];
  /** The line of the file on which the body begins. */
  readonly bodyLine: number;
}

/**
 * Reads a draft of the prompt `name`. A `name:` that says something else is a name for people and becomes `title`.
 * Blank lines around the body are dropped: they would reach the model.
 */
export function readDraft(source: string, format: DraftFormat, name: string): DraftText {
  const text = normalizeDraft(source);
  const odd = textProblem(text);
  if (odd !== undefined) return { draft: undefined, problems: [odd], bodyLine: 1 };
  if (format === "txt") return usable({}, text, 1);
  if (format === "md") {
    const parts = splitFile(text);
    if (parts === undefined && text.startsWith("---\n")) {
      return refused("the front-matter has no closing `---`", "end the metadata with a line `---`", {
        line: 1,
        column: 1,
      });
    }
    if (parts === undefined) return usable({}, text, 1);
    return fromData(readFrontMatter(parts.yaml, parts.yamlLine), parts.body, parts.bodyLine, name);
  }
  const read = readFrontMatter(text, 1);
  const content = read.data?.["content"];
  if (read.data === undefined || read.problems.length > 0)
    return { draft: undefined, problems: read.problems, bodyLine: 1 };
  if (typeof content !== "string") {
    const place = read.locate(["content"]);
    return refused(
      "`content` must hold the prompt's text",
      "write `content: |` and the text below it, indented",
      place,
    );
  }
  const { content: _, ...data } = read.data;
  return fromData({ ...read, data }, content, read.locate(["content"]).line + 1, name);
}

function fromData(
  { data, problems, locate }: ReturnType<typeof readFrontMatter>,
  body: string,
  bodyLine: number,
  name: string,
): DraftText {
  if (data === undefined || problems.length > 0) return { draft: undefined, problems, bodyLine };
  const { owner, purpose, name: displayName, version, ...rest } = data;
  const isTitle = typeof displayName === "string" && displayName !== name && rest["title"] === undefined;
  const frontMatter: JsonObject = isTitle ? { title: displayName, ...rest } : rest;
  const found = checkFrontMatter({ ...frontMatter, name, version: version ?? "0.0.0" }, locate).filter(
    (problem) => !(problem.data?.["field"] === "version" && typeof version === "string"), // push reads it, `v` and all
  );
  for (const [field, value] of Object.entries({ owner, purpose, name: displayName })) {
    if (value === undefined || typeof value === "string") continue;
    found.push({
      rule: "schema-field-invalid",
      message: `\`${field}\` must be a text, got ${JSON.stringify(value)}`,
      hint: `quote it: ${field}: "${String(value)}"`,
      ...locate([field]),
    });
  }
  if (found.length > 0) return { draft: undefined, problems: found, bodyLine };
  return usable(frontMatter, body, bodyLine, {
    version: version as string | undefined,
    owner: owner as string | undefined,
    purpose: purpose as string | undefined,
  });
}

function usable(
  data: JsonObject,
  text: string,
  textLine: number,
  asked: Pick<Draft, "version" | "owner" | "purpose"> = {
    version: undefined,
    owner: undefined,
    purpose: undefined,
  },
): DraftText {
  const blank = /^(?:[ \t]*\n)*/.exec(text)?.[0] ?? "";
  const body = text.slice(blank.length).trimEnd();
  const bodyLine = textLine + blank.split("\n").length - 1;
  if (body === "")
    return refused("the prompt has no text", "write the prompt", { line: bodyLine, column: 1 });
  return { draft: { frontMatter: asFrontMatter(data), body, ...asked }, problems: [], bodyLine };
}

function refused(message: string, hint: string, place: { line: number; column: number }): DraftText {
  return {
    draft: undefined,
    problems: [{ rule: "schema-yaml-invalid", message, hint, ...place }],
    bodyLine: 1,
  };
}
