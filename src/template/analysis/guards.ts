import type { Expression } from "../syntax/tree.js";

/** Tests that a missing value does not break. Each is false for it, except `undefined`. */
export const tolerantTests: ReadonlySet<string> = new Set([
  "boolean",
  "callable",
  "defined",
  "escaped",
  "false",
  "float",
  "integer",
  "mapping",
  "none",
  "number",
  "sameas",
  "sequence",
  "string",
  "true",
  "undefined",
]);

/** Gives the path of an expression that reads a variable; null for any other. */
export type PathOf = (expression: Expression) => string | null;

/**
 * The paths that are known to be there when an expression came out as `outcome`: after `if x and y.z is defined`,
 * `x` and `y.z` are.
 */
export function presentWhen(expression: Expression, outcome: boolean, pathOf: PathOf): ReadonlySet<string> {
  switch (expression.kind) {
    case "name":
    case "attribute":
    case "item":
      return new Set(outcome ? present(pathOf(expression)) : []);
    case "not":
      return presentWhen(expression.operand, !outcome, pathOf);
    case "and":
    case "or": {
      const left = [...presentWhen(expression.left, outcome, pathOf)];
      const right = presentWhen(expression.right, outcome, pathOf);
      const bothHold = (expression.kind === "and") === outcome;
      return new Set(bothHold ? [...left, ...right] : left.filter((path) => right.has(path)));
    }
    case "test": {
      const { name } = expression.builtin;
      const holds = tolerantTests.has(name) && name !== "sameas" && name !== "escaped";
      return new Set(holds && outcome === (name !== "undefined") ? present(pathOf(expression.subject)) : []);
    }
    default:
      return new Set();
  }
}

function present(path: string | null): string[] {
  return path === null ? [] : [path];
}
