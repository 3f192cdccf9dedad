import { Document, isMap, isPair, isScalar, Scalar, visit } from "yaml";
import type { FrontMatter, Prompt } from "../prompt.js";
import { contracts } from "../schema/contracts.js";
import { knownKeys } from "../schema/known-keys.js";
import { blockType, printOptions, setTextTypes } from "../yaml/print-texts.js";

/** The text of a version file: the one stored form, LF, one line break at the end, keys in the schema's order. */
export function printPrompt(prompt: Prompt): string {
  const { name: _name, version: _version, ...rest } = prompt.frontMatter;
  const yaml = printFrontMatter({ ...rest, name: prompt.name, version: prompt.version });
  return `---\n${yaml}---\n${prompt.body.replace(/\n+$/, "")}\n`;
}

function printFrontMatter(frontMatter: FrontMatter): string {
  const order = knownKeys(contracts.prompt, []);
  const rank = (key: string): number => (order.includes(key) ? order.indexOf(key) : order.length);
  const entries = Object.entries(frontMatter)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1));
  const document = new Document(Object.fromEntries(entries), {
    version: "1.2",
    schema: "core",
    aliasDuplicateObjects: false,
  });
  setTextTypes(document);
  visit(document, (_, node) => {
    if (!isPair(node) || !isScalar(node.key)) return;
    if (node.key.value === "version" && isScalar(node.value)) node.value.type = Scalar.QUOTE_DOUBLE;
    if (node.key.value === "content" && isScalar(node.value))
      node.value.type = blockType(String(node.value.value));
  });
  if (!isMap(document.contents)) return "";
  return document.toString(printOptions);
}
