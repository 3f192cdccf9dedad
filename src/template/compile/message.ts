import { didYouMean } from "../../core/suggest.js";
import { isRole, roles, type Message, type Role } from "../runtime/message.js";
import type { Execute } from "../runtime/frame.js";
import type { Run } from "../runtime/run.js";
import type { MessageBlock, Statement } from "../syntax/tree.js";
import { Dict } from "../values/dict.js";
import { elementsOf } from "../values/elements.js";
import { toHost } from "../values/from-host.js";
import { typeName } from "../values/kinds.js";
import { textOf } from "../values/text.js";
import { typeError } from "../values/undefined.js";
import type { Value } from "../values/value.js";
import { compileExpression } from "./expression.js";
import { compileName } from "./name.js";
import type { Scope } from "./scope.js";
import { compileScoped, simple } from "./statement.js";

/** Compiles `{% message %}`: its body becomes the content of one message. */
export function compileMessage(node: MessageBlock, scope: Scope): Execute {
  const role = compileExpression(node.role, scope);
  const name = node.name === null ? null : compileExpression(node.name, scope);
  const execute = compileScoped(node.body, scope.inner());
  return simple((frame) => {
    const { run } = frame;
    const speaker = toRole(role(frame), run, node.role.at);
    const called = name === null ? {} : { name: textOf(name(frame), run) };
    refuseInside(run, node.at);
    run.inMessage = true;
    const content = run.capture(() => execute(frame));
    run.inMessage = false;
    run.messages.push({ role: speaker, content, ...called });
  });
}

/** Compiles `{% placeholder %}`: the caller's messages, checked, stand in its place. */
export function compilePlaceholder(node: Extract<Statement, { kind: "placeholder" }>, scope: Scope): Execute {
  const history = compileName(node.name, node.at, scope);
  return simple((frame) => {
    const { run } = frame;
    const value = history(frame);
    run.at = node.at;
    refuseInside(run, node.at);
    for (const [index, item] of elementsOf(value, run).entries()) {
      run.charge(1);
      run.messages.push(toMessage(item, `${node.name}[${index}]`, run));
    }
  });
}

function refuseInside(run: Run, at: number): void {
  run.at = at;
  if (run.inMessage) throw run.source.error("TEMPLATE_SYNTAX", "a message stands inside a message", { at });
}

function toRole(value: Value, run: Run, at: number): Role {
  run.at = at;
  const role = textOf(value, run);
  if (isRole(role)) return role;
  throw typeError(
    `\`${role.slice(0, 100)}\` is no role`,
    didYouMean(role, roles) || `the roles are ${roles.join(", ")}`,
  );
}

function toMessage(value: Value, path: string, run: Run): Message {
  const hint = 'a message is an object such as { role: "user", content: "Hello" }';
  if (!(value instanceof Dict)) throw typeError(`\`${path}\` is a ${typeName(value)}, not a message`, hint);
  const content = value.get("content");
  if (typeof content !== "string") throw typeError(`\`${path}.content\` is no text`, hint);
  const role = value.get("role");
  if (typeof role !== "string") throw typeError(`\`${path}.role\` is no text`, hint);
  const rest = toHost(value) as { readonly [key: string]: never };
  return { ...rest, role: toRole(role, run, run.at), content };
}
