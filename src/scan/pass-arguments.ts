import { lookUp, type Argument, type Expression, type FunctionModel, type Program } from "./model.js";

/**
 * Gives the parameters of functions what their callers in the same file pass, so that a client is found again one
 * hop further: calls by name, `new Service(prompts)`, `this.ask(prompts)`, and `.then((prompt) => …)`.
 */
export function passArguments({ calls }: Program): void {
  for (const { callee, arguments: given } of calls) {
    for (const model of functionsOf(callee)) give(model, given);
    if (callee.kind !== "member" || callee.property !== "then") continue;
    const [then] = given;
    if (then?.value.kind === "function") then.value.model.parameters[0]?.binding.values.push(callee.object);
  }
}

function give({ parameters }: FunctionModel, given: readonly Argument[]): void {
  let index = 0;
  for (const { name, spread, value } of given) {
    if (spread !== undefined) return;
    const parameter = name === undefined ? parameters[index++] : parameters.find((it) => it.name === name);
    parameter?.binding.values.push(value);
  }
}

/** The functions of this file that a callee is by its name alone; a class is its constructor. */
function functionsOf(callee: Expression): readonly FunctionModel[] {
  return valuesOf(callee).flatMap((value): FunctionModel[] => {
    if (value.kind === "function") return [value.model];
    if (value.kind !== "class") return [];
    const { members } = value.model;
    const built = members.get("constructor") ?? members.get("__init__");
    return (built?.values ?? []).flatMap((it) => (it.kind === "function" ? [it.model] : []));
  });
}

function valuesOf(callee: Expression): readonly Expression[] {
  if (callee.kind === "name") return lookUp(callee.scope, callee.name)?.values ?? [];
  if (callee.kind !== "member" || callee.property === undefined) return [];
  const owners = callee.object.kind === "name" ? valuesOf(callee.object) : [callee.object];
  return owners.flatMap((owner) =>
    owner.kind === "this" ? (owner.owner.members.get(callee.property ?? "")?.values ?? []) : [],
  );
}
