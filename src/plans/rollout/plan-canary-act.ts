import { assertStateReadable, type Catalog } from "../../core/catalog.js";
import { PromptSyncError } from "../../core/errors.js";
import type { StateEdit } from "../../core/plan.js";
import type { Canary } from "../../core/state/state.js";
import type { Words } from "../commit-message.js";
import { armOf } from "../known-alias.js";
import { pin } from "../pin-references.js";
import { planChanges, type PlannedChanges, type StateChange } from "../state-change.js";

/** What can be done to a canary that is there. */
export type CanaryAct = "step" | "pause" | "resume" | "promote" | "abort";

/** Which canary is meant, and what becomes of it. */
export interface CanaryActRequest extends Words {
  readonly act: CanaryAct;
  readonly name: string;
  readonly alias: string;
}

/** The percentages of a canary that names none of its own. */
const usualSteps = [1, 10, 50, 100];

/** What an act changes: some settings of the canary, or its end with or without the version for everybody. */
type Outcome = Partial<Canary> | "promoted" | "aborted";

/**
 * Plans the next thing in the life of a canary: more of it, a pause, or its end.
 * @throws PromptSyncError `CANARY_NOT_FOUND`, `CANARY_CONFLICT`, `ALIAS_NOT_FOUND`, `NO_VERSION` when the version
 * is yanked
 */
export function planCanaryAct(
  catalog: Catalog,
  { act, name, alias, ...words }: CanaryActRequest,
): PlannedChanges {
  assertStateReadable(catalog);
  const { serve, canary } = armOf(catalog, name, alias);
  if (canary === undefined) {
    throw new PromptSyncError("CANARY_NOT_FOUND", `there is no canary on \`${name}@${alias}\``, {
      hint: "`promptsync canary list` shows all; `promptsync canary set` starts one",
    });
  }
  if (act !== "pause" && act !== "abort") requireServable(catalog, name, canary.serve);
  const outcome = acts[act](canary, { name, alias });
  const path = ["prompts", name, "aliases", alias];
  const change = { action: `canary-${act}`, prompt: name, alias, from: canary.serve, to: canary.serve };
  const [changes, edits] = made(outcome, { change, path, canary, serve });
  return planChanges(
    catalog,
    { subject: `canary ${act} ${alias} ${name}@${canary.serve}`, changes, edits },
    words,
  );
}

type Place = Pick<CanaryActRequest, "name" | "alias">;

const acts: Readonly<Record<CanaryAct, (canary: Canary, at: Place) => Outcome>> = {
  step: ({ percent, state, steps = usualSteps }, { name, alias }) => {
    const whose = `the canary of \`${name}@${alias}\``;
    const rest = `${name} --alias ${alias}\``;
    if (state !== "running")
      throw conflict(`${whose} is ${state}`, `\`promptsync canary resume ${rest} ends that`);
    const next = steps.find((step) => step > percent);
    if (next !== undefined) return { percent: next };
    throw conflict(
      `${whose} is at ${percent} %, and its steps ${steps.join(", ")} end there`,
      `\`promptsync canary promote ${rest} serves the version to everybody`,
    );
  },
  pause: () => ({ state: "paused" }),
  resume: () => ({ state: "running" }),
  promote: () => "promoted",
  abort: () => "aborted",
};

interface Standing {
  readonly change: StateChange;
  readonly path: readonly string[];
  readonly canary: Canary;
  readonly serve: string;
}

function made(outcome: Outcome, { change, path, canary, serve }: Standing): [StateChange[], StateEdit[]] {
  const end: StateEdit = { path: [...path, "canary"] };
  if (outcome === "promoted")
    return [[{ ...change, from: serve }], [{ path: [...path, "serve"], value: canary.serve }, end]];
  if (outcome === "aborted") return [[{ ...change, to: null }], [end]];
  const { percent, state } = { ...canary, ...outcome };
  if (percent === canary.percent && state === canary.state) return [[], []];
  const edits = Object.entries(outcome).map(([key, value]) => ({ path: [...end.path, key], value }));
  return [[{ ...change, percent, state }], edits];
}

/** The version is still there, and not yanked. */
function requireServable(catalog: Catalog, name: string, version: string): void {
  pin(catalog, { name, selector: { kind: "version", version } });
}

function conflict(message: string, hint: string): PromptSyncError {
  return new PromptSyncError("CANARY_CONFLICT", message, { hint });
}
