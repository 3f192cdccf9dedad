// Times whole processes in turn, so that a machine whose speed drifts does not favour one of them.
import { spawnSync } from "node:child_process";

/** The figures of one row: the median of the ratios pair by pair, and their range. */
export function ratio(name, against, { ours, base, runs = 15, cwd, env = process.env }) {
  const time = ([program, ...args]) => {
    const start = process.hrtime.bigint();
    const { status, error } = spawnSync(program, args, { cwd, env, stdio: "ignore" });
    if (error !== undefined || status !== 0)
      throw error ?? new Error(`${program} ${args.join(" ")} ended with ${status}`);
    return Number(process.hrtime.bigint() - start);
  };
  for (const command of [ours, base]) time(command); // warm
  const ratios = [];
  for (let run = 0; run < runs; run++) ratios.push(time(ours) / time(base));
  return { name, against, ...summary(ratios) };
}

/** The median and the range of some numbers. */
export function summary(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return { median: sorted[Math.floor(sorted.length / 2)], min: sorted[0], max: sorted.at(-1) };
}

/** Rows as an aligned table; ratios with two decimals. */
export function print(rows) {
  const cells = rows.map(({ name, against, median, min, max, goal, note = "" }) => [
    name,
    against,
    median.toFixed(2),
    `${min.toFixed(2)}..${max.toFixed(2)}`,
    goal === undefined ? "" : String(goal),
    note,
  ]);
  const all = [["what", "against", "median", "min..max", "goal", ""], ...cells];
  const widths = all[0].map((_, column) => Math.max(...all.map((row) => row[column].length)));
  for (const row of all) {
    process.stdout.write(
      `${row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join("  ")
        .trimEnd()}\n`,
    );
  }
}
