import { lookUps, renderers } from "./members.js";
import { lookUp, unknown, type Call, type Expression, type Program } from "./model.js";

const ours = new Set([...lookUps, ...renderers]);

/**
 * Drops what can lead to no prompt, so that thousands of programs fit into memory. `names` are the bare names of
 * wrappers. Arguments must have been passed before: a parameter is kept for what callers pass.
 */
export function prune(program: Program, names: ReadonlySet<string>): Program {
  for (const { values } of program.scope.names.values())
    for (const [index, value] of values.entries()) if (givesNothing(value)) values[index] = unknown;
  const exports = [...program.exports].filter(
    ([, value]) => value.kind !== "name" || valuesOf(value).some(({ kind }) => kind !== "unknown"),
  );
  const calls = program.calls.filter(({ callee }) => mayMatter(callee, names));
  const passedOn = calls.length === 0 ? [] : program.passedOn.filter(mayHold);
  return { ...program, calls, passedOn, exports: new Map(exports) };
}

/** Says whether a value is a function whose results are of no use: most functions of most files are. */
function givesNothing(value: Expression): boolean {
  return value.kind === "function" && value.model.returns.every(isNothing);
}

function isNothing(value: Expression): boolean {
  if (value.kind === "either") return value.options.every(isNothing);
  // A type that the file neither makes nor imports, such as `str`.
  if (value.kind === "typed") return value.type.kind === "name" && valuesOf(value.type).length === 0;
  return value.kind === "unknown" || value.kind === "join" || value.kind === "list";
}

/** Says whether a callee may be `getPrompt`, a method that renders, or a wrapper. */
function mayMatter(callee: Expression, names: ReadonlySet<string>): boolean {
  if (callee.kind === "member")
    return callee.property !== undefined && (ours.has(callee.property) || names.has(callee.property));
  if (callee.kind !== "name") return false;
  return (
    names.has(callee.name) || valuesOf(callee).some(({ kind }) => kind === "member" || kind === "either")
  );
}

const plain = new Set<Expression["kind"]>(["unknown", "text", "join", "dictionary", "function", "class"]);

/** Says whether an expression may hold a prompt. */
function mayHold(expression: Expression): boolean {
  if (expression.kind === "name") return valuesOf(expression).some(({ kind }) => !plain.has(kind));
  if (expression.kind === "either") return expression.options.some(mayHold);
  return expression.kind === "call" ? mayGive(expression) : expression.kind === "member";
}

/** Says whether a call may give a prompt: by its method, or because the called function is known. */
function mayGive({ callee }: Call): boolean {
  if (callee.kind === "member")
    return lookUps.includes(callee.property ?? "") || callee.object.kind === "this";
  return callee.kind !== "name" || valuesOf(callee).length > 0;
}

function valuesOf(name: Extract<Expression, { readonly kind: "name" }>): readonly Expression[] {
  return lookUp(name.scope, name.name)?.values ?? [];
}
