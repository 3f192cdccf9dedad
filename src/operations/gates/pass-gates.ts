import type { Catalog } from "../../core/catalog.js";
import { PromptSyncError } from "../../core/errors.js";
import type { Effect, Plan } from "../../core/plan.js";
import { stateFileName } from "../../core/layout.js";
import { entryOf, type State } from "../../core/state/state.js";
import { evidenceOf, withEvidence } from "../../gates/evidence.js";
import { moveOf } from "../../gates/move-of.js";
import { gateOf } from "../../gates/gate.js";
import type { CheckVerdict, GatedMove } from "../../gates/verdict.js";
import type { Context, WriteInput } from "../operation.js";

/** A plan, and the catalog that it was made for. */
interface Planned {
  readonly catalog: Catalog;
  readonly plan: Plan | null;
}

/**
 * Lets a plan through the gates of the aliases that it moves, and writes into its message what they said. A dry run
 * runs none and says so.
 * @throws PromptSyncError `GATE_FAILED`, `UNCOMMITTED_CHANGES` when gates are edited and not committed, and what
 * `runGates` throws
 */
export async function passGates(
  context: Context,
  input: WriteInput,
  { catalog, plan }: Planned,
): Promise<Plan | null> {
  if (plan === null) return null;
  const moves = plan.audit.map((record) => moveOf(record, catalog.state));
  const aliases = new Set(moves.flatMap((move) => move?.alias ?? []));
  const isAsked = [...aliases].some((alias) => hasGates(catalog.state, alias));
  if (!isAsked && (aliases.size === 0 || !mayHideEdits(input, catalog, plan))) return plan;
  const workspace = await context.workspace();
  const { reviewedCatalog } = await import("./reviewed-gates.js");
  const reviewed = await reviewedCatalog(workspace, catalog, aliases);
  if (reviewed === null || !isAsked) return plan;
  if (input.dryRun === true) {
    for (const alias of aliases) {
      const gate = gateOf(reviewed.state, alias);
      if (gate !== undefined)
        context.note(`dry run: the gates \`${gate.name}\` of \`${alias}\` were not run`);
    }
    return plan;
  }
  const { runGates } = await import("./run-gates.js");
  const wanted = moves.filter((move): move is GatedMove => move !== undefined);
  const verdicts = await runGates(context, {
    moves: wanted,
    gates: reviewed.state,
    // The plan was made on what it is about; a gate may ask for more.
    catalogs: [reviewed, catalog.origin.kind === "worktree" ? await workspace.catalog() : catalog],
    added: addedVersions(plan),
    soakFrom: reviewed.origin.commit,
  });
  for (const verdict of verdicts) context.note(`gate ${evidenceOf(verdict)}`);
  if (verdicts.some(({ ok }) => !ok)) throw gateFailed(verdicts);
  return {
    ...plan,
    message: withEvidence(
      plan.message,
      moves.map((move) => evidenceFor(move, verdicts)),
    ),
  };
}

function hasGates(state: State, alias: string): boolean {
  return entryOf(state.aliases, alias)?.gates !== undefined;
}

/**
 * Whether an edit of the gates could go unnoticed: a commit refuses one in a file that it writes, but a prompt may
 * have a state file of its own, and there may be no commit.
 */
function mayHideEdits(input: WriteInput, { registry }: Catalog, { effects }: Plan): boolean {
  if (input.commit === false || input.dryRun === true) return true;
  const top = `${registry}/${stateFileName}`;
  return effects.some(({ kind, path }) => kind === "edit-state" && path !== top);
}

/** The versions that the plan writes, by `name@version`. */
function addedVersions({
  audit,
  effects,
}: Plan): Map<string, { readonly path: string; readonly text: string }> {
  const isWrite = (effect: Effect): effect is Effect & { kind: "write" } => effect.kind === "write";
  const writes = effects.filter(isWrite);
  const pushed = audit.filter(({ action }) => action === "push");
  return new Map(
    pushed.flatMap(({ prompt = "", version = "" }) => {
      const file = writes.find(({ path }) => path.endsWith(`/${prompt}/${version}.md`));
      return file === undefined ? [] : [[`${prompt}@${version}`, { path: file.path, text: file.content }]];
    }),
  );
}

function evidenceFor(move: GatedMove | undefined, verdicts: readonly CheckVerdict[]): string[] {
  if (move === undefined) return [];
  return verdicts
    .filter(
      ({ prompt, version, alias }) =>
        prompt === move.prompt && version === move.version && alias === move.alias,
    )
    .map(evidenceOf);
}

/** The error for verdicts of which some are no. */
function gateFailed(verdicts: readonly CheckVerdict[]): PromptSyncError {
  const failed = verdicts.filter(({ ok }) => !ok);
  const [{ prompt, version, alias, gate } = { prompt: "", version: "", alias: "", gate: "" }] = failed;
  const lines = failed.flatMap((it) =>
    it.reasons.map((reason) => `${it.gate}/${it.check} ${it.prompt}@${it.version}: ${reason}`),
  );
  return new PromptSyncError(
    "GATE_FAILED",
    [`the gates \`${gate}\` of \`${alias}\` do not let \`${prompt}@${version}\` pass`, ...lines].join("\n"),
    {
      hint: `\`promptsync gate ${prompt}@${version} --for ${alias}\` runs them again; nothing was written`,
      data: { checks: verdicts },
    },
  );
}
