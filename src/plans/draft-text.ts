import { Document, isPair, isScalar, Scalar, visit } from "yaml";
import type { DraftFormat } from "../core/prompt-file/read-draft.js";
import { splitFile } from "../core/prompt-file/split.js";
import { printPrompt } from "../core/prompt-file/print.js";
import type { FrontMatter, Prompt } from "../core/prompt.js";

/** The text of a draft to edit: a small working example, or a copy of a version. */
export function draftText(name: string, format: DraftFormat, version?: Prompt): string {
  const {
    name: _n,
    version: _v,
    summary: _s,
    closure: _c,
    git_commit: _g,
    ...rest
  } = version?.frontMatter ?? example(name);
  const body = version?.body ?? "You answer questions about {{ topic }}.\nAnswer in at most three sentences.";
  if (format === "txt") return `${body}\n`;
  if (format === "yaml") return printYaml({ ...rest, content: `${body}\n` });
  const text = printPrompt({ name, version: "0.0.0", frontMatter: rest, body });
  const parts = splitFile(text);
  const yaml = (parts?.yaml ?? "").split("\n").slice(2).join("\n"); // without name and version: push gives them
  return yaml === "" ? `${body}\n` : `---\n${yaml}---\n${parts?.body ?? ""}`;
}

function example(name: string): FrontMatter {
  return {
    description: `Says what ${name} is for`,
    input: { schema: { topic: "string, what the questions are about" } },
  };
}

function printYaml(data: Readonly<Record<string, unknown>>): string {
  const document = new Document(data);
  visit(document, (_, node) => {
    if (isPair(node) && isScalar(node.key) && node.key.value === "content" && isScalar(node.value)) {
      node.value.type = Scalar.BLOCK_LITERAL;
    }
  });
  return document.toString({ lineWidth: 0 });
}
