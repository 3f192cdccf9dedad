import type { CallSite, PassedVariable, Rendering } from "../../core/call-site.js";
import { nearest } from "../../core/suggest.js";
import { inBothOrders, orderText } from "./both-orders.js";
import { callId, codeRule, type CodeViolation, type CodeWorld, type ServedPrompts } from "./code-world.js";
import { servedTo } from "./served.js";

export default codeRule({
  id: "code-variable-unknown",
  category: "code",
  severity: "warning",
  scope: "code",
  checks: "code passes no variable that none of the versions it may be served knows",
  why: "A misspelt variable never reaches the model, and a prompt that declares its variables refuses it.",
  wrong: "prompt.format({ custmer })",
  right: "prompt.format({ customer })",
  *check(world): Iterable<CodeViolation> {
    for (const call of world.calls) {
      for (const rendering of call.renderings) {
        const mistakes = inBothOrders(world, (prompts) => unknown(prompts, call, rendering, world));
        for (const { mistake, order } of mistakes) {
          const { name, variable, versions, known } = mistake;
          const { name: key, ...place } = variable;
          const suggestion = nearest(key, known);
          const list = known.length === 0 ? "it has none" : `it has ${known.join(", ")}`;
          yield {
            message: `\`${key}\` is no variable of ${name}@${versions.join(" and ")}${orderText(order)}`,
            hint: suggestion === undefined ? `remove it; ${list}` : `did you mean \`${suggestion}\`?`,
            prompt: name,
            file: rendering.file,
            ...place,
            data: {
              call: callId(call),
              variable: key,
              ...(suggestion === undefined ? {} : { suggestion }),
              order,
            },
          };
        }
      }
    }
  },
});

interface Unknown {
  readonly name: string;
  readonly variable: PassedVariable;
  readonly versions: readonly string[];
  readonly known: readonly string[];
}

function unknown(
  { catalog, inputsOf }: ServedPrompts,
  { targets }: CallSite,
  { variables }: Rendering,
  { instead }: CodeWorld,
): ReadonlyMap<string, Unknown> {
  const found = new Map<string, Unknown>();
  for (const target of targets) {
    const { name } = target;
    const versions = servedTo(catalog, target, instead).versions.map(({ version }) => version);
    const inputs = versions.map((version) => inputsOf(name, version));
    // One version that takes anything, or that cannot be read, is enough to say nothing.
    if (inputs.length === 0 || inputs.some((it) => it === undefined || it.isOpen)) continue;
    const known = [...new Set(inputs.flatMap((it) => it?.known ?? []))];
    for (const variable of variables)
      if (!known.includes(variable.name))
        found.set(`${name} ${variable.name}`, { name, variable, versions, known });
  }
  return found;
}
