import { branchesOf, type Branch } from "./branches.js";
import { isVoidNumbers } from "./kinds/number.js";
import { isVoidTexts } from "./kinds/text.js";
import { itemAt } from "./kinds/list.js";
import { memberOf } from "./kinds/record.js";
import { anything, join, step, type Node, type Part, type Work } from "./work.js";

const maxDepth = 6;
const maxParts = 16;

/** Says whether surely no value is accepted by two of the parts. */
export function areDisjoint(work: Work, parts: readonly Part[]): boolean {
  if (parts.length > maxParts) return false;
  return parts.every((part, index) =>
    parts.slice(index + 1).every((other) => isVoid(work, join(work, [part, other]))),
  );
}

/** Says whether a node surely accepts no value at all. */
export function isVoid(work: Work, node: Node, depth = 0): boolean {
  if (depth > maxDepth || node.parts.length === 0) return false;
  return branchesOf(work, node).every((branch) => isVoidBranch(work, branch, depth));
}

/** Says whether a branch surely accepts no value at all. */
export function isVoidBranch(work: Work, branch: Branch, depth = 0): boolean {
  switch (branch.kind) {
    case "values":
      return branch.values.length === 0;
    case "number":
      return isVoidNumbers(branch);
    case "text":
      return step(work, branch.patterns.length * 50) && isVoidTexts(branch);
    case "list": {
      const places = Math.min(branch.min, branch.prefix.length + 1);
      const filled = Array.from({ length: places }, (_, index) => itemAt(branch, index));
      return branch.min > branch.max || filled.some((node) => isVoid(work, node, depth + 1));
    }
    case "record":
      if (branch.min > branch.max || branch.required.size > branch.max) return true;
      return [...branch.required].some((name) =>
        isVoid(work, memberOf(work, branch, name) ?? anything, depth + 1),
      );
  }
}
