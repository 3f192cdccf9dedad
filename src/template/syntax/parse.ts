import type { Source, Whitespace } from "../source.js";
import { exceeded } from "../runtime/limits.js";
import { checkChat } from "./check-chat.js";
import { lex } from "./lex.js";
import { parseTemplateBody } from "./parse-body.js";
import { Reader } from "./reader.js";
import type { Tree } from "./tree.js";

/** Characters that a template may have. */
const defaultSourceLimit = 1_000_000;

/**
 * Parses a template into a typed tree; everything in it is known to exist and to be allowed.
 * @throws PromptSyncError `TEMPLATE_SYNTAX` with line and column; `TEMPLATE_LIMIT` for endless size or nesting
 */
export function parse(
  source: Source,
  whitespace: Whitespace & { readonly sourceLimit?: number | undefined },
): Tree {
  const limit = whitespace.sourceLimit ?? defaultSourceLimit;
  if (source.text.length > limit) throw exceeded("source", limit, "the template is too long");
  const tree = { body: parseTemplateBody(new Reader(source, lex(source, whitespace))) };
  checkChat(tree, source);
  return tree;
}
