import type { Source } from "../source.js";
import { allStatements, bodiesOf } from "./children.js";
import type { Body, Statement, Tree } from "./tree.js";

/** Whether a tree has messages of its own. */
export function hasMessages(tree: Tree): boolean {
  return allStatements(tree.body).some(({ kind }) => kind === "message" || kind === "placeholder");
}

/**
 * Throws for text that stands beside the messages of a chat prompt, where nobody would say it.
 * @throws PromptSyncError `TEMPLATE_SYNTAX`
 */
export function checkChat(tree: Tree, source: Source): void {
  if (hasMessages(tree)) checkBody(tree.body, source);
}

function checkBody(body: Body, source: Source): void {
  for (const statement of body) {
    if (writes(statement)) {
      const blank = statement.kind === "text" ? statement.text.length - statement.text.trimStart().length : 0;
      throw source.error("TEMPLATE_SYNTAX", "this text stands outside of every message", {
        at: statement.at + blank,
        hint: 'put it into `{% message role="system" %}…{% endmessage %}`, or remove it',
      });
    }
    if (["message", "macro", "set-block"].includes(statement.kind)) continue;
    for (const inner of bodiesOf(statement)) checkBody(inner, source);
  }
}

function writes(statement: Statement): boolean {
  if (statement.kind === "text") return statement.text.trim() !== "";
  return ["output", "call-block", "filter-block"].includes(statement.kind);
}
