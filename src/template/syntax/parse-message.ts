import { didYouMean } from "../../core/suggest.js";
import { isRole, roles } from "../runtime/message.js";
import { parseWholeBody } from "./parse-body.js";
import { parseExpression } from "./parse-expression.js";
import type { Reader } from "./reader.js";
import type { Body, Expression, MessageBlock, Statement } from "./tree.js";

/** Tags whose body is text and not the prompt itself. */
const capturing = new Set(["macro", "call", "filter", "set", "message"]);

/**
 * `{% message role="system" name="guide" %}…{% endmessage %}`. Blank space between the tags and the content is not
 * part of the message.
 */
export function parseMessage(reader: Reader, at: number): MessageBlock {
  refuseInside(reader, "message", at);
  const given = new Map<string, Expression>();
  while (!reader.is("close")) {
    const key = reader.expect("name");
    if (key.text !== "role" && key.text !== "name") {
      throw reader.fail(`\`message\` has no \`${key.text}\``, "it takes `role` and `name`", key.at);
    }
    if (given.has(key.text)) throw reader.fail(`\`${key.text}\` is given twice`, undefined, key.at);
    reader.expect("operator", "=");
    given.set(key.text, parseExpression(reader));
    reader.skip("operator", ",");
  }
  const role = given.get("role");
  if (role === undefined) throw reader.fail("`message` needs a role", '`{% message role="user" %}`', at);
  if (role.kind === "literal") checkRole(reader, role.value, role.at);
  return {
    kind: "message",
    at,
    role,
    name: given.get("name") ?? null,
    body: trimmed(parseWholeBody(reader, "endmessage")),
  };
}

/** `{% placeholder "history" %}`: the caller's messages of that name stand here. */
export function parsePlaceholder(reader: Reader, at: number): Statement {
  refuseInside(reader, "placeholder", at);
  return { kind: "placeholder", at, name: reader.expect("string").text };
}

function refuseInside(reader: Reader, tag: string, at: number): void {
  const outer = reader.openTags.slice(0, -1).find(({ name }) => capturing.has(name));
  if (outer !== undefined)
    throw reader.fail(`a \`${tag}\` stands inside a \`${outer.name}\``, "move it out", at);
}

function checkRole(reader: Reader, role: unknown, at: number): void {
  if (typeof role === "string" && isRole(role)) return;
  const hint = didYouMean(String(role), roles) || `the roles are ${roles.join(", ")}`;
  throw reader.fail(`\`${String(role)}\` is no role`, hint, at);
}

/** A body without the blank space at its two ends; what variables print is never touched. */
function trimmed(body: Body): Body {
  const first = body.findIndex((statement) => !isBlank(statement));
  const last = body.findLastIndex((statement) => !isBlank(statement));
  return body.slice(Math.max(0, first), last + 1).map((statement, index, all) => {
    if (statement.kind !== "text") return statement;
    const start = index === 0 ? statement.text.trimStart() : statement.text;
    return { ...statement, text: index === all.length - 1 ? start.trimEnd() : start };
  });
}

function isBlank(statement: Statement): boolean {
  return statement.kind === "text" && statement.text.trim() === "";
}
