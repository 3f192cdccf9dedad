import type { Catalog } from "../../core/catalog.js";
import type { State } from "../../core/state/state.js";
import type { Check, Gate } from "../../gates/gate.js";
import { gateOf } from "../../gates/gate.js";
import { judgeMetrics, needsBaseline } from "../../gates/judge-metrics.js";
import { judgePolicy } from "../../gates/judge-policy.js";
import type { CheckVerdict, GatedMove } from "../../gates/verdict.js";
import { createCheckFiles } from "../../store/check-files.js";
import type { Workspace } from "../../store/workspace.js";
import type { Context } from "../operation.js";
import { findVersionFile, type VersionText } from "./find-version-file.js";
import { measureCheck, type Measurement, type Subject } from "./measure-check.js";
import { policyFacts, type PolicySource } from "./policy-facts.js";

/** Moves, and what they are judged by. */
export interface GateRequest extends Pick<PolicySource, "soakFrom" | "signedSince"> {
  readonly moves: readonly GatedMove[];
  /** The state that defines the gates: one that was reviewed. */
  readonly gates: State;
  /** Where the versions are looked for; the first that has one counts. */
  readonly catalogs: readonly Catalog[];
  /** Versions that are about to be written, by `name@version`. */
  readonly added?: ReadonlyMap<string, VersionText>;
}

/**
 * Runs the gates of moves, one check after the other, and says what each said; aliases without gates say nothing.
 * @throws PromptSyncError `STATE_INVALID` for a gate that cannot be run, before anything is; `FILE_NOT_FOUND` for a
 * program that is not there, `VERSION_NOT_FOUND`
 */
export async function runGates(context: Context, request: GateRequest): Promise<CheckVerdict[]> {
  const workspace = await context.workspace();
  const gated = request.moves.flatMap((move) => {
    const gate = gateOf(request.gates, move.alias);
    return gate === undefined ? [] : [{ gate, move }];
  });
  const files = createCheckFiles(workspace.root);
  const measured = new Map<string, Promise<Measurement>>();
  const run: Run = {
    find: (prompt, version) => findVersionFile(workspace, request, `${prompt}@${version}`),
    place: ({ path, text }) => files.place(path, text),
    measure: (gate, check, subject) => {
      const key = JSON.stringify([gate, check.name, subject]);
      const known = measured.get(key);
      if (known !== undefined) return known;
      const result = measure(context, workspace, { gate, check, subject });
      measured.set(key, result);
      return result;
    },
  };
  const verdicts: CheckVerdict[] = [];
  try {
    for (const { gate, move } of gated) {
      const { path } = await run.find(move.prompt, move.version);
      const source = { ...request, path, now: context.now };
      const facts = await policyFacts(workspace, { policy: gate.policy, move }, source);
      const { prompt, version, alias } = move;
      for (const verdict of judgePolicy(gate.name, gate.policy, facts))
        verdicts.push({ ...verdict, prompt, version, alias });
      for (const check of gate.checks) verdicts.push(await judgeCheck(run, { gate, check, move }));
    }
  } finally {
    files.remove();
  }
  return verdicts;
}

interface Run {
  readonly find: (prompt: string, version: string) => Promise<VersionText>;
  readonly place: (file: VersionText) => string;
  readonly measure: (gate: string, check: Check, subject: Subject) => Promise<Measurement>;
}

interface CheckOfMove {
  readonly gate: Gate;
  readonly check: Check;
  readonly move: GatedMove;
}

async function judgeCheck(run: Run, { gate, check, move }: CheckOfMove): Promise<CheckVerdict> {
  const { prompt, version, alias } = move;
  const today = move.baseline === null ? undefined : await run.find(prompt, move.baseline);
  const baseline = today && { version: move.baseline ?? "", file: run.place(today) };
  const file = run.place(await run.find(prompt, version));
  const { metrics, failure, took } = await run.measure(gate.name, check, {
    prompt,
    version,
    alias,
    file,
    baseline,
  });
  const reasons = failure === undefined ? [] : [failure];
  const { metrics: thresholds } = check;
  if (Object.keys(thresholds).length > 0) {
    const isCompared = failure === undefined && baseline !== undefined && needsBaseline(thresholds);
    const measuredToday = isCompared
      ? (await run.measure(gate.name, check, { prompt, alias, ...baseline })).metrics
      : null;
    if (metrics === undefined) reasons.push(unreported(check));
    else reasons.push(...judgeMetrics(metrics, { thresholds, baseline: measuredToday }));
  }
  const seconds = Math.round(took) / 1000;
  return {
    gate: gate.name,
    check: check.name,
    ok: reasons.length === 0,
    metrics: metrics ?? {},
    threshold: thresholds,
    seconds,
    prompt,
    version,
    alias,
    reasons,
  };
}

function unreported({ results }: Check): string {
  return results === undefined
    ? "it printed no line of JSON with its metrics"
    : `it wrote no JSON to \`${results}\``;
}

function measure(
  { note }: Context,
  { root, repository }: Workspace,
  { gate, check, subject }: { readonly gate: string; readonly check: Check; readonly subject: Subject },
): Promise<Measurement> {
  const where = `${gate}/${check.name} ${subject.prompt}@${subject.version}`;
  return measureCheck(check, subject, {
    root,
    environment: repository.git.environment,
    onLine: (line) => {
      note(`${where} | ${line}`);
    },
  });
}
