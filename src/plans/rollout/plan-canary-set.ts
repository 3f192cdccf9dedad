import { assertStateReadable, type Catalog } from "../../core/catalog.js";
import { dayOf, timestampOf } from "../../core/day.js";
import { PromptSyncError } from "../../core/errors.js";
import { jsonEquals, type JsonValue } from "../../core/json.js";
import { parsePercent, parseSteps } from "../../core/percent.js";
import type { StateEdit } from "../../core/plan.js";
import type { Arm, Canary } from "../../core/state/state.js";
import { compareVersions } from "../../core/version.js";
import { oneLine, type Words } from "../commit-message.js";
import { armOf } from "../known-alias.js";
import { aboutChanges, planChanges, type PlannedChanges, type StateChange } from "../state-change.js";
import { pinForAlias } from "./pin-for-alias.js";

/** What `canary set` asks for. */
export interface CanarySetRequest extends Words {
  readonly alias: string;
  readonly references: readonly string[];
  /** 0 to 100, at most two decimals. */
  readonly percentage: string;
  /** Rising percentages behind commas. */
  readonly steps?: string | undefined;
  readonly seed?: string | undefined;
}

/**
 * Plans to serve a second version to some of the keys of an alias. A canary that runs already keeps its seed, so
 * that nobody who has the version loses it when the percentage grows.
 * @throws PromptSyncError `CANARY_CONFLICT`, `USAGE` (percentage, steps, seed), `ALIAS_NOT_FOUND` and what
 * `pinAll` throws
 */
export function planCanarySet(catalog: Catalog, request: CanarySetRequest, now: Date): PlannedChanges {
  assertStateReadable(catalog);
  const { alias } = request;
  const changes: StateChange[] = [];
  const edits: StateEdit[] = [];
  const settled: string[] = [];
  const backward: string[] = [];
  const candidates = pinForAlias(catalog, request.references, alias);
  for (const [prompt, serve] of candidates) {
    const arm = armOf(catalog, prompt, alias);
    if (arm.serve === serve) {
      settled.push(`\`${prompt}@${alias}\` serves ${serve} to everybody already`);
      continue;
    }
    const canary = canaryOf(arm, { prompt, serve }, request, now);
    if (jsonEquals(canary, (arm.canary ?? null) as JsonValue)) continue;
    if (arm.canary === undefined && compareVersions(serve, arm.serve) < 0)
      backward.push(`\`${prompt}@${alias}\` serves ${arm.serve}, which is newer than ${serve}`);
    const { percent, state } = canary;
    const from = arm.canary?.serve ?? null;
    changes.push({ action: "canary-set", prompt, alias, from, to: serve, percent, state });
    edits.push({ path: ["prompts", prompt, "aliases", alias, "canary"], value: canary });
  }
  if (settled.length === candidates.size) {
    throw new PromptSyncError("CANARY_CONFLICT", settled.join("; "), {
      hint: "name a version that the alias does not serve yet",
    });
  }
  const subject = `canary set ${alias} ${aboutChanges(changes)} at ${request.percentage} %`;
  return planChanges(catalog, { subject, changes, edits, warnings: [...settled, ...backward] }, request);
}

function canaryOf(
  { canary }: Arm,
  { prompt, serve }: { readonly prompt: string; readonly serve: string },
  { alias, percentage, steps, seed }: CanarySetRequest,
  now: Date,
): Canary & Readonly<Record<string, JsonValue>> {
  if (canary !== undefined && canary.serve !== serve) {
    throw new PromptSyncError(
      "CANARY_CONFLICT",
      `\`${prompt}@${alias}\` has a canary of ${canary.serve} at ${canary.percent} % already`,
      { hint: `end it first: \`promptsync canary promote ${prompt} --alias ${alias}\`, or \`abort\`` },
    );
  }
  if (canary !== undefined && seed !== undefined && seed !== canary.seed) {
    throw new PromptSyncError(
      "CANARY_CONFLICT",
      `the canary of \`${prompt}@${alias}\` has the seed \`${canary.seed}\``,
      { hint: "leave out `--seed`: with another one users would change sides" },
    );
  }
  const rising = steps === undefined ? canary?.steps : parseSteps(steps, "--steps");
  const fresh = seed === undefined ? `${prompt}/${alias}/${dayOf(now)}` : oneLine(seed, "--seed");
  return {
    serve,
    percent: parsePercent(percentage, "--percentage"),
    seed: canary?.seed ?? fresh,
    state: canary?.state ?? "running",
    ...(rising === undefined ? {} : { steps: rising }),
    started: canary?.started ?? timestampOf(now),
  };
}
