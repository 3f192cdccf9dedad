import type { Change } from "../core/bump.js";
import { isJsonObject, type JsonValue } from "../core/json.js";
import { namesIn, propertiesOf, type Contract } from "./contract.js";

/** Compares what the templates use and how their messages are laid out. */
export function compareTemplates(before: Contract, after: Contract): readonly Change[] {
  return [...usageChanges(before, after), ...pathChanges(before, after), ...messageChanges(before, after)];
}

/** A declared variable that the template uses now, or uses no longer: the contract is the same. */
function usageChanges(before: Contract, after: Contract): readonly Change[] {
  if (
    !before.input.declared ||
    !after.input.declared ||
    [before, after].some(({ template }) => template.problem)
  )
    return [];
  const declared = [before, after].map(({ input }) => Object.keys(propertiesOf(input.written)));
  const kept = (declared[0] ?? []).filter((name) => declared[1]?.includes(name));
  const [was, is] = [usedBy(before), usedBy(after)];
  return kept.flatMap((name): readonly Change[] => {
    if (was.has(name) === is.has(name)) return [];
    return is.has(name)
      ? [
          {
            kind: "template-variable-used",
            at: "body",
            bump: "patch",
            message: `the template uses input \`${name}\` now`,
          },
        ]
      : [
          {
            kind: "template-variable-unused",
            at: "body",
            bump: "patch",
            message: `the template no longer uses input \`${name}\`; callers still pass it`,
          },
        ];
  });
}

function usedBy({ template: { variables } }: Contract): ReadonlySet<string> {
  return new Set([...variables.required, ...variables.optional]);
}

/** A property that callers need not give and the template reads now: the contract is the same, the failure is new. */
function pathChanges(before: Contract, after: Contract): readonly Change[] {
  const known = new Set(before.template.variables.paths);
  const fresh = after.template.variables.paths.filter((path) => !known.has(path));
  return fresh
    .filter((path) => isOptionalPath(after.input.written, path.replaceAll("[]", ".[]").split(".")))
    .map((path) => {
      const message = `the template reads \`${path}\` now, which callers may leave out; add a default to its use`;
      return { kind: "template-path-unguarded", at: "body", bump: "minor", message, to: path };
    });
}

function isOptionalPath(schema: JsonValue, [name = "", ...rest]: readonly string[], depth = 0): boolean {
  if (!isJsonObject(schema)) return false;
  if (name === "[]") return isOptionalPath(schema.items ?? true, rest, depth);
  const member = propertiesOf(schema)[name];
  if (member === undefined) return false;
  const optional = depth > 0 && !namesIn(schema.required).includes(name);
  return optional || (rest.length > 0 && isOptionalPath(member, rest, depth + 1));
}

function messageChanges({ template: was }: Contract, { template: is }: Contract): readonly Change[] {
  if (was.problem !== undefined || is.problem !== undefined) return [];
  if (was.kind !== is.kind) {
    const message = `the prompt is ${is.kind === "chat" ? "a list of messages" : "one text"} now; callers that index its messages break`;
    return [
      { kind: "messages-kind-changed", at: "body", bump: "major", message, from: was.kind, to: is.kind },
    ];
  }
  const [from, to] = [was.roles.join(", "), is.roles.join(", ")];
  if (from === to) return [];
  const message = `the messages changed from \`${from}\` to \`${to}\`; callers may count on their order`;
  return [{ kind: "messages-changed", at: "body", bump: "minor", message, from: was.roles, to: is.roles }];
}
