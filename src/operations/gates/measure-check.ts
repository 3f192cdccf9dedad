import { join } from "node:path";
import type { Check } from "../../gates/gate.js";
import { metricsOfFile, metricsOfOutput, type Metrics } from "../../gates/read-metrics.js";
import { printSpan } from "../../gates/span.js";
import { watchResults } from "../../store/check-files.js";
import { runCheck } from "../../store/run-check.js";

/** A version that a check is run on. */
export interface Subject {
  readonly prompt: string;
  readonly version: string;
  readonly alias: string;
  /** Its file, absolute. */
  readonly file: string;
  /** What is served today, and its file; undefined for the run that measures what is served today. */
  readonly baseline?: { readonly version: string; readonly file: string } | undefined;
}

/** What a run of a check brought to light. */
export interface Measurement {
  /** Undefined when it reported none. */
  readonly metrics: Metrics | undefined;
  /** Why the run itself failed; undefined when it ended well. */
  readonly failure: string | undefined;
  /** ms. */
  readonly took: number;
}

/** The world that checks run in. */
export interface CheckWorld {
  /** The repository root: where checks stand. */
  readonly root: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Gets what a check prints, a line at a time. */
  readonly onLine: (line: string) => void;
}

/** Runs a check on a version and reads what it measured. */
export async function measureCheck(check: Check, subject: Subject, world: CheckWorld): Promise<Measurement> {
  const results = check.results === undefined ? undefined : watchResults(join(world.root, check.results));
  const run = await runCheck(check.command, {
    directory: world.root,
    environment: { ...world.environment, ...environmentOf(subject) },
    timeout: check.timeout,
    onLine: world.onLine,
  });
  const text = results?.fresh();
  const metrics =
    results === undefined
      ? metricsOfOutput(run.stdout)
      : text === undefined
        ? undefined
        : metricsOfFile(text);
  return { metrics, took: run.took, failure: failureOf(run, check) };
}

function failureOf(
  { exitCode, signal, timedOut }: Awaited<ReturnType<typeof runCheck>>,
  { timeout }: Check,
): string | undefined {
  if (timedOut) return `it was stopped after ${printSpan(timeout)}`;
  if (exitCode === null) return `it was ended by ${signal ?? "a signal"}`;
  return exitCode === 0 ? undefined : `it ended with exit code ${String(exitCode)}`;
}

/** A variable without a value is taken away: one of an outer run must not be read for ours. */
function environmentOf({ prompt, version, alias, file, baseline }: Subject): NodeJS.ProcessEnv {
  return {
    PROMPTSYNC_REF: `${prompt}@${version}`,
    PROMPTSYNC_PROMPT: prompt,
    PROMPTSYNC_VERSION: version,
    PROMPTSYNC_FILE: file,
    PROMPTSYNC_ALIAS: alias,
    PROMPTSYNC_BASELINE_REF: baseline && `${prompt}@${baseline.version}`,
    PROMPTSYNC_BASELINE_FILE: baseline?.file,
  };
}
