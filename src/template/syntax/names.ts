import { allStatements } from "./children.js";
import type { Arguments, Body, Expression, Statement, Target } from "./tree.js";

/** The expressions directly inside a statement, in the order they run. */
export function expressionsOf(statement: Statement): readonly Expression[] {
  switch (statement.kind) {
    case "output":
    case "do":
      return [statement.value];
    case "set":
      return [statement.value, ...attributeOwners(statement.target)];
    case "if":
      return statement.branches.map(({ test }) => test);
    case "for":
      return statement.test === null ? [statement.iterable] : [statement.iterable, statement.test];
    case "with":
      return statement.bindings.map(({ value }) => value);
    case "macro":
      return defaults(statement.parameters);
    case "call-block":
      return [...defaults(statement.parameters), statement.call];
    case "set-block":
      return [...present(statement.filter), ...attributeOwners(statement.target)];
    case "filter-block":
      return [statement.filter];
    case "message":
      return statement.name === null ? [statement.role] : [statement.role, statement.name];
    case "include":
    case "import":
    case "from-import":
    case "extends":
      return [statement.template];
    default:
      return [];
  }
}

function defaults(parameters: readonly { readonly otherwise: Expression | null }[]): Expression[] {
  return parameters.flatMap(({ otherwise }) => (otherwise === null ? [] : [otherwise]));
}

/** The expressions directly inside an expression, in the order they run. */
export function operandsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "literal":
    case "name":
      return [];
    case "tuple":
    case "list":
      return expression.items;
    case "dict":
      return expression.pairs.flat();
    case "attribute":
      return [expression.object];
    case "item":
      return [expression.object, expression.index];
    case "slice":
      return present(expression.object, expression.start, expression.stop, expression.step);
    case "call":
      return [expression.callee, ...argumentsOf(expression.args)];
    case "filter":
    case "test":
      return [...present(expression.subject), ...argumentsOf(expression.args)];
    case "signed":
    case "not":
      return [expression.operand];
    case "arithmetic":
    case "and":
    case "or":
      return [expression.left, expression.right];
    case "concat":
      return expression.parts;
    case "compare":
      return [expression.first, ...expression.rest.map(({ operand }) => operand)];
    case "conditional":
      return present(expression.test, expression.then, expression.otherwise);
  }
}

function argumentsOf({ positional, named, rest, restNamed }: Arguments): Expression[] {
  return [...positional, ...named.map(({ value }) => value), ...present(rest, restNamed)];
}

function present(...expressions: readonly (Expression | null)[]): Expression[] {
  return expressions.filter((expression) => expression !== null);
}

/** The names that a target assigns. */
export function targetNames(target: Target): string[] {
  if (target.kind === "attribute") return [];
  return target.kind === "name" ? [target.name] : target.items.flatMap(targetNames);
}

/** `{% set ns.x = … %}` reads `ns`. */
export function attributeOwners(target: Target): Expression[] {
  return target.kind === "attribute" ? [{ kind: "name", at: target.at, name: target.name }] : [];
}

/** The names that a body sets in its own scope: also inside `if`, but not inside loops and other inner scopes. */
export function declaredNames(body: Body): string[] {
  return body.flatMap((statement) => {
    switch (statement.kind) {
      case "set":
      case "set-block":
        return targetNames(statement.target);
      case "macro":
      case "import":
        return [statement.name];
      case "from-import":
        return statement.names.map(({ alias }) => alias);
      case "if":
        return [
          ...statement.branches.flatMap((branch) => declaredNames(branch.body)),
          ...declaredNames(statement.otherwise),
        ];
      default:
        return [];
    }
  });
}

/** Whether a name is read anywhere in a body. Blocks are templates of their own. */
export function mentions(body: Body, name: string): boolean {
  for (const statement of allStatements(body)) {
    if (expressionsOf(statement).some((expression) => reads(expression, name))) return true;
  }
  return false;
}

function reads(expression: Expression, name: string): boolean {
  if (expression.kind === "name") return expression.name === name;
  return operandsOf(expression).some((operand) => reads(operand, name));
}
