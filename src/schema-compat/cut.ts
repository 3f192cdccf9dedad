import { branchesOf, typeOfKind, type Branch } from "./branches.js";
import { cutLists } from "./kinds/list.js";
import { cutNumbers } from "./kinds/number.js";
import { memberOf, type Records } from "./kinds/record.js";
import { cutTexts } from "./kinds/text.js";
import { anything, both, literal, type Node, type Work } from "./work.js";

const maxCells = 16;

/**
 * Cuts a branch into pieces that together make it up, so that each piece can lie in another of the targets: by
 * bounds, by length, or by what one property holds. No pieces when there is nothing to gain.
 */
export function cutBranch(work: Work, branch: Branch, targets: readonly Branch[]): readonly Branch[] {
  const alike = <Kind extends Branch["kind"]>(kind: Kind) =>
    targets.filter((target): target is Branch & { kind: Kind } => target.kind === kind);
  const { opaque } = branch;
  const label = (pieces: readonly object[]) => pieces.map((piece) => ({ ...piece, opaque }) as Branch);
  if (alike(branch.kind).length < 2) return [];
  switch (branch.kind) {
    case "number":
      return label(cutNumbers(branch, alike("number")));
    case "text":
      return label(cutTexts(branch, alike("text")));
    case "list":
      return label(cutLists(branch, alike("list")));
    case "record":
      return label(cutRecords(work, branch, alike("record")));
    case "values":
      return [];
  }
}

/** Cuts objects by the property that tells the targets apart with the fewest cases. */
function cutRecords(work: Work, records: Records, targets: readonly Records[]): readonly Records[] {
  const names = new Set(targets.flatMap(({ properties, required }) => [...properties.keys(), ...required]));
  const telling = [...names].filter((name) => {
    const [first, ...others] = targets.map(
      (target) => target.required.has(name) + (memberOf(work, target, name)?.key ?? ""),
    );
    return others.some((other) => other !== first);
  });
  const cuts = telling.map((name) => cutByProperty(work, records, name)).filter(({ length }) => length > 1);
  return cuts.sort((a, b) => a.length - b.length)[0] ?? [];
}

function cutByProperty(work: Work, records: Records, name: string): readonly Records[] {
  const member = memberOf(work, records, name) ?? anything;
  const cells = cellsOf(work, member);
  if (cells.length === 0 || cells.length > maxCells) return [];
  const holding = (node: Node) => ({ ...records, properties: new Map(records.properties).set(name, node) });
  const present = cells.map((cell) => ({
    ...holding(both(work, member, cell)),
    required: new Set(records.required).add(name),
  }));
  return records.required.has(name) ? present : [...present, holding(literal(work, false))];
}

/** Schemas that split the values of a node: one for each listed value and one for each other type. */
function cellsOf(work: Work, node: Node): readonly Node[] {
  const cells = branchesOf(work, node).flatMap((branch) =>
    branch.kind === "values"
      ? branch.values.map((value) => literal(work, { const: value }))
      : [literal(work, { type: typeOfKind[branch.kind] })],
  );
  return [...new Map(cells.map((cell) => [cell.key, cell])).values()];
}
