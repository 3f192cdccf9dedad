import { PromptSyncError } from "./errors.js";

/**
 * Reads a percentage: 0 to 100 with at most two decimals, as buckets are a hundredth of a percent each.
 * @throws PromptSyncError `USAGE` naming the option
 */
export function parsePercent(text: string, option: string): number {
  const percent = /^\d{1,3}(\.\d{1,2})?$/.test(text.trim()) ? Number(text) : NaN;
  if (percent <= 100) return percent;
  throw new PromptSyncError("USAGE", `\`${text}\` of \`${option}\` is no percentage`, {
    hint: "write a number from 0 to 100 with at most two decimals, such as 10 or 0.25",
  });
}

/**
 * Reads percentages that rise, such as `1,10,50,100`.
 * @throws PromptSyncError `USAGE` naming the option
 */
export function parseSteps(text: string, option: string): readonly number[] {
  const steps = text.split(",").map((step) => parsePercent(step, option));
  const fallen = steps.find((step, index) => step <= (steps[index - 1] ?? -1));
  if (fallen === undefined) return steps;
  throw new PromptSyncError("USAGE", `the steps \`${text}\` of \`${option}\` do not rise at ${fallen}`, {
    hint: `write percentages that rise: ${option} 1,10,50,100`,
  });
}
