import type { JsonValue } from "../core/json.js";
import { branchesOf, type Branch } from "./branches.js";
import { cutBranch } from "./cut.js";
import { isVoid, isVoidBranch } from "./disjoint.js";
import { accepts } from "./evaluate.js";
import { itemAt, type Lists } from "./kinds/list.js";
import { areNumbersWithin, listNumbers } from "./kinds/number.js";
import { memberOf, type Records } from "./kinds/record.js";
import { areTextsWithin } from "./kinds/text.js";
import { valueText } from "./text.js";
import { anything, both, literal, searchCost, step, type Node, type Work } from "./work.js";

const maxCuts = 3;
const maxNested = 120;

/**
 * Says whether every value of `a` is surely a value of `b`. False means "not proven", never "disproven".
 *
 * The proof is coinductive: a pair that is met again while it is being proven counts as proven, so that recursive
 * schemas come to an end. What was proven on the strength of a pair that then failed is forgotten.
 */
export function isWithin(work: Work, a: Node, b: Node): boolean {
  if (a.key === b.key || b.parts.length === 0) return true;
  const pair = `${a.key}<${b.key}`;
  const known = work.proofs.get(pair);
  if (known !== undefined) return known;
  if (!step(work) || work.nested > maxNested) return false;
  const mark = work.proven.length;
  work.proofs.set(pair, true);
  work.nested += 1;
  const proven = branchesOf(work, a).every((branch) => isCovered(work, branch, { by: b, cuts: 0 }));
  work.nested -= 1;
  if (proven) work.proven.push(pair);
  else for (const doubtful of work.proven.splice(mark)) work.proofs.delete(doubtful);
  work.proofs.set(pair, proven);
  return proven;
}

/** Says whether each value of a branch is surely in some branch of a node. */
function isCovered(work: Work, branch: Branch, { by, cuts }: { by: Node; cuts: number }): boolean {
  if (isVoidBranch(work, branch)) return true;
  const targets = branchesOf(work, by);
  if (branch.kind === "values") return branch.values.every((value) => isListed(work, value, { branch, by }));
  if (targets.some((target) => isBranchWithin(work, branch, target))) return true;
  if (cuts >= maxCuts || !step(work)) return false;
  const listed = branch.kind === "number" ? listNumbers(branch) : undefined;
  if (listed !== undefined) return listed.every((value) => accepts(work, by, value) === true);
  const pieces = cutBranch(work, branch, targets);
  return pieces.length > 1 && pieces.every((piece) => isCovered(work, piece, { by, cuts: cuts + 1 }));
}

function isListed(work: Work, value: JsonValue, { branch, by }: { branch: Branch; by: Node }): boolean {
  if (accepts(work, by, value) === true) return true;
  const text = valueText(value);
  return branchesOf(work, by).some(
    (target) =>
      target.kind === "values" &&
      isKnownOf(branch, target) &&
      target.values.some((other) => valueText(other) === text),
  );
}

/** Says whether whatever is not understood about the target holds for the branch too. */
function isKnownOf(branch: Branch, target: Branch): boolean {
  return [...target.opaque].every((name) => branch.opaque.has(name));
}

function isBranchWithin(work: Work, a: Branch, b: Branch): boolean {
  if (!isKnownOf(a, b)) return false;
  if (a.kind === "number" && b.kind === "number") return areNumbersWithin(a, b);
  if (a.kind === "text" && b.kind === "text") {
    const isSearch = a.patterns.length + b.patterns.length > 0;
    return (!isSearch || step(work, searchCost)) && areTextsWithin(a, b);
  }
  if (a.kind === "list" && b.kind === "list") return areListsWithin(work, a, b);
  return a.kind === "record" && b.kind === "record" && areRecordsWithin(work, a, b);
}

function areListsWithin(work: Work, a: Lists, b: Lists): boolean {
  const longest = isVoid(work, a.rest) ? Math.min(a.max, a.prefix.length) : a.max;
  if (a.min < b.min || longest > b.max || (b.unique && !a.unique && longest > 1)) return false;
  // One place more than both prefixes stands for all the others.
  const places = Math.min(longest, Math.max(a.prefix.length, b.prefix.length) + 1);
  return Array.from({ length: places }, (_, index) => index).every((index) =>
    isWithin(work, itemAt(a, index), itemAt(b, index)),
  );
}

function areRecordsWithin(work: Work, a: Records, b: Records): boolean {
  const closed = a.patterns.size === 0 && isVoid(work, a.rest);
  const fewest = Math.max(a.min, a.required.size);
  const most = closed ? Math.min(a.max, new Set([...a.properties.keys(), ...a.required]).size) : a.max;
  if (fewest < b.min || most > b.max || ![...b.required].every((name) => a.required.has(name))) return false;
  const names = new Set([...a.properties.keys(), ...b.properties.keys(), ...a.required]);
  return (
    areNamesWithin(work, a, { b, closed }) &&
    [...names].every((name) => isMemberWithin(work, name, { a, b })) &&
    (closed || areOthersWithin(work, a, b))
  );
}

function isMemberWithin(work: Work, name: string, { a, b }: { a: Records; b: Records }): boolean {
  const target = memberOf(work, b, name);
  return target !== undefined && isWithin(work, memberOf(work, a, name) ?? anything, target);
}

function areNamesWithin(work: Work, a: Records, { b, closed }: { b: Records; closed: boolean }): boolean {
  if (b.names.parts.length === 0) return true;
  const possible = [...a.properties].filter(([, node]) => !isVoid(work, node)).map(([name]) => name);
  const texts = both(work, a.names, literal(work, { type: "string" }));
  return (
    possible.every((name) => accepts(work, b.names, name) === true) &&
    (closed || isWithin(work, texts, b.names))
  );
}

/** Compares what names may hold that neither side declares. */
function areOthersWithin(work: Work, a: Records, b: Records): boolean {
  const newPatterns = [...b.patterns].filter(([pattern]) => !a.patterns.has(pattern));
  const restFits = [b.rest, ...newPatterns.map(([, node]) => node)].every((target) =>
    isWithin(work, a.rest, target),
  );
  return (
    restFits &&
    [...a.patterns].every(([pattern, node]) => {
      // A name that matches this pattern may match any of the target's, and its `rest` only if this one is not there.
      const targets = [...b.patterns.values(), ...(b.patterns.has(pattern) ? [] : [b.rest])];
      return targets.every((target) => isWithin(work, node, target));
    })
  );
}
