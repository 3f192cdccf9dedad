import type { UsageRow } from "../../analytics/usage.js";
import type { Style } from "../operation.js";
import { bar } from "../text/bar.js";
import { grouped } from "../text/plural.js";
import { table } from "../text/table.js";
import { displayWidth } from "../text/width.js";

const barWidth = 5; // columns

interface Column {
  readonly head: string;
  readonly cell: (row: UsageRow, style: Style) => string;
  readonly isRight?: boolean;
  /** On a narrow terminal the column with the lowest number goes first; those without one stay. */
  readonly worth?: number;
  readonly isWanted?: (rows: readonly UsageRow[], style: Style) => boolean;
}

/** Shorter than `duration`: three of them have to stand side by side. */
function time(ms: number | null): string {
  if (ms === null) return "";
  return ms < 1000 ? `${ms.toFixed(0)}ms` : `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)}s`;
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
const hasSuccess = (rows: readonly UsageRow[]): boolean => rows.some(({ success }) => success.count > 0);
const hasLatency = (rows: readonly UsageRow[]): boolean => rows.some(({ latency }) => latency.count > 0);
const hasCost = (rows: readonly UsageRow[]): boolean => rows.some(({ cost }) => cost.count > 0);

const columns: readonly Column[] = [
  { head: "VERSION", cell: ({ version }, style) => style.cyan(version ?? "fallback") },
  {
    head: "ARM",
    cell: ({ arm }) => arm ?? "",
    isWanted: (rows) => rows.some(({ arm }) => arm !== null),
    worth: 5,
  },
  { head: "SERVED", cell: ({ served }) => grouped(served), isRight: true },
  { head: "SHARE", cell: ({ share }) => percent(share), isRight: true },
  {
    head: "",
    cell: ({ share }, style) => style.dim(bar(share, barWidth)),
    isWanted: (_, { width }) => width !== undefined, // a pipe wants no decoration
    worth: 3,
  },
  {
    head: "SUCCESS",
    cell: ({ success: { rate } }) => (rate === null ? "" : percent(rate)),
    isRight: true,
    isWanted: hasSuccess,
    worth: 8,
  },
  {
    head: "OF",
    cell: ({ success: { count } }) => (count === 0 ? "" : grouped(count)),
    isRight: true,
    isWanted: hasSuccess,
    worth: 1,
  },
  { head: "P50", cell: ({ latency }) => time(latency.p50), isRight: true, isWanted: hasLatency, worth: 4 },
  { head: "P90", cell: ({ latency }) => time(latency.p90), isRight: true, isWanted: hasLatency, worth: 2 },
  { head: "P99", cell: ({ latency }) => time(latency.p99), isRight: true, isWanted: hasLatency, worth: 6 },
  { head: "EACH", cell: ({ cost }) => dollars(cost.mean), isRight: true, isWanted: hasCost, worth: 7 },
  { head: "COST", cell: ({ cost }) => dollars(cost.total), isRight: true, isWanted: hasCost, worth: 0 },
];

/** The rows of one prompt as a table that fits the terminal: columns give way whole, the least useful first. */
export function usageTable(rows: readonly UsageRow[], style: Style): string {
  let shown = columns.filter(({ isWanted }) => isWanted?.(rows, style) ?? true);
  for (;;) {
    const text = table(
      rows.map((row) => shown.map(({ cell }) => cell(row, style))),
      { ...style, width: undefined },
      {
        head: shown.map(({ head }) => head),
        right: shown.flatMap(({ isRight }, index) => (isRight === true ? [index] : [])),
      },
    );
    const worths = shown.flatMap(({ worth }) => (worth === undefined ? [] : [worth]));
    const isFitting = text.split("\n").every((line) => displayWidth(line) <= (style.width ?? Infinity));
    if (isFitting || worths.length === 0) return text;
    const least = Math.min(...worths);
    shown = shown.filter(({ worth }) => worth !== least);
  }
}

function dollars(amount: number | null): string {
  if (amount === null) return "";
  const digits =
    amount >= 1 ? { minimumFractionDigits: 2, maximumFractionDigits: 2 } : { maximumSignificantDigits: 2 };
  return `$${amount.toLocaleString("en-US", digits)}`;
}
