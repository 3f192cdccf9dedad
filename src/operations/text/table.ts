import type { Style } from "../operation.js";
import { cut, displayWidth, pad } from "./width.js";

const gap = "  ";
const narrowest = 6; // columns; a cell below that says nothing

interface TableOptions {
  readonly head?: readonly string[];
  /** Numbers of the columns, from 0, that align to the right: counts and percentages. */
  readonly right?: readonly number[];
  /** Numbers of the columns, from 0, that give way before all others: words, and not numbers and times. */
  readonly elastic?: readonly number[];
}

/**
 * Rows of cells as aligned lines. On a terminal the lines fit its width: the widest columns give way first, their
 * cells end in `…`. Cells may have colours and full-width characters; line breaks in a cell become spaces.
 */
export function table(
  rows: readonly (readonly string[])[],
  style: Style,
  options: TableOptions = {},
): string {
  const { head = [], right = [], elastic = [] } = options;
  const cells = rows.map((row) => row.map(oneLine));
  const all = head.length > 0 ? [head.map((cell) => style.dim(cell)), ...cells] : cells;
  const natural = columnWidths(all);
  const widths =
    style.width === undefined
      ? natural
      : fit(natural, style.width - gap.length * (natural.length - 1), elastic);
  const line = (row: readonly string[]) =>
    widths.map((width, column) =>
      pad(cut(row[column] ?? "", width), width, right.includes(column) ? "left" : "right"),
    );
  return all.map((row) => line(row).join(gap).trimEnd()).join("\n");
}

const oneLine = (cell: string) =>
  cell.includes("\n")
    ? cell
        .split("\n")
        .map((line) => line.trim())
        .join(" ")
    : cell;

function columnWidths(rows: readonly (readonly string[])[]): number[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => (widths[column] = Math.max(widths[column] ?? 0, displayWidth(cell))));
  }
  return widths;
}

/** Takes columns from the widest until the sum fits, or nothing more can be taken; from the elastic ones first. */
function fit(natural: readonly number[], room: number, elastic: readonly number[]): number[] {
  const widths = [...natural];
  const sum = () => widths.reduce((total, width) => total + width, 0);
  for (const some of [elastic, widths.keys()].map((it) => [...it])) {
    while (sum() > room) {
      const widest = Math.max(0, ...some.map((column) => widths[column] ?? 0));
      if (widest <= narrowest) break;
      widths[some.findLast((column) => widths[column] === widest) ?? 0] = widest - 1;
    }
  }
  return widths;
}
