import type { CallSite, Rendering } from "../../core/call-site.js";
import type { PossibleVersion } from "../../core/resolve/possible-versions.js";
import { inBothOrders, orderText } from "./both-orders.js";
import { callId, codeRule, type CodeViolation, type CodeWorld, type ServedPrompts } from "./code-world.js";
import { servedTo } from "./served.js";

export default codeRule({
  id: "code-variable-missing",
  category: "code",
  severity: "error",
  scope: "code",
  checks: "code passes every variable that some version it may be served requires",
  why: "An alias can serve several versions at once: what one of them needs and does not get is an error for its share of users.",
  wrong: 'prompt.format({ company })            // 2.0.0, the canary of production, needs "locale" too',
  right: "prompt.format({ company, locale })",
  *check(world): Iterable<CodeViolation> {
    for (const call of world.calls) {
      for (const rendering of call.renderings) {
        if (rendering.completeness !== "all") continue;
        const mistakes = inBothOrders(world, (prompts) => missing(prompts, call, rendering, world));
        for (const { mistake, order } of mistakes) {
          const { name, variable, versions } = mistake;
          yield {
            message: `\`${rendering.method}\` lacks \`${variable}\`, which ${name}@${versions.map(describe).join(" and ")} needs${orderText(order)}`,
            hint: "pass it, or give it a default in the next version",
            prompt: name,
            ...placeOf(rendering),
            data: {
              call: callId(call),
              variable,
              servedVersions: versions.map(({ version }) => version),
              order,
            },
          };
        }
      }
    }
  },
});

interface Missing {
  readonly name: string;
  readonly variable: string;
  readonly versions: readonly PossibleVersion[];
}

function missing(
  { catalog, inputsOf }: ServedPrompts,
  { targets }: CallSite,
  { variables }: Rendering,
  { instead }: CodeWorld,
): ReadonlyMap<string, Missing> {
  const passed = new Set(variables.map(({ name }) => name));
  const found = new Map<string, Missing>();
  for (const target of targets) {
    const { name } = target;
    for (const possible of servedTo(catalog, target, instead).versions) {
      for (const variable of inputsOf(name, possible.version)?.required ?? []) {
        if (passed.has(variable)) continue;
        const key = `${name} ${variable}`;
        const versions = found.get(key)?.versions ?? [];
        if (!versions.some(({ version }) => version === possible.version))
          found.set(key, { name, variable, versions: [...versions, possible] });
      }
    }
  }
  return found;
}

function describe({ version, through }: PossibleVersion): string {
  const [first = "", ...more] = through;
  return `${version} (${first}${more.length === 0 ? "" : ` and ${more.length} more`})`;
}

function placeOf({
  file,
  line,
  column,
  endLine,
  endColumn,
}: Rendering): Omit<Rendering, "method" | "variables" | "completeness"> {
  return { file, line, column, endLine, endColumn };
}
