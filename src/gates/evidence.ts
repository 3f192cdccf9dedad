import { show } from "./judge-metrics.js";
import { printSpan } from "./span.js";
import type { CheckVerdict } from "./verdict.js";

/** The trailer that says that a check passed; one a check, in the block of its change. */
export const evidenceTrailer = "Promptsync-Gate";

/** What a metric may be called in a trailer: its name comes from the output of a program. */
const plainName = /^[\w.-]{1,40}$/;
const mostMetrics = 8;

/** A verdict as evidence: `release/evals ok 12.3s helpfulness=0.86`. The metrics are those that have a threshold. */
export function evidenceOf({ gate, check, ok, metrics, threshold, seconds }: CheckVerdict): string {
  const numbers = Object.entries(metrics)
    .filter(([name]) => Object.hasOwn(threshold, name) && plainName.test(name))
    .slice(0, mostMetrics)
    .map(([name, value]) => `${name}=${show(value)}`);
  const took = seconds === 0 ? [] : [printSpan(seconds * 1000)];
  return [`${gate}/${check}`, ok ? "ok" : "failed", ...took, ...numbers].join(" ");
}

/**
 * Writes evidence into the message of an audit commit: each line to the end of its change's block. The n-th list of
 * lines belongs to the n-th change.
 */
export function withEvidence(message: string, evidence: readonly (readonly string[])[]): string {
  const [subject = "", ...body] = message.trimEnd().split("\n");
  const lines = [subject];
  let block = -1;
  const end = (): void => {
    for (const line of evidence[block] ?? []) lines.push(`${evidenceTrailer}: ${line}`);
  };
  for (const line of body) {
    if (line.startsWith("Promptsync-Action: ")) {
      end();
      block++;
    }
    lines.push(line);
  }
  end();
  return `${lines.join("\n")}\n`;
}
