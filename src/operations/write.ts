import type { Catalog } from "../core/catalog.js";
import { PromptSyncError } from "../core/errors.js";
import type { AuditRecord, Plan } from "../core/plan.js";
import type { PlannedChanges, StateChange } from "../plans/state-change.js";
import type { Context, Style, WriteInput } from "./operation.js";
import { changeCells, type ShownChange } from "./text/change-cells.js";
import { table } from "./text/table.js";

/** What a writing operation did. */
export interface Written {
  /** Full id of the commit; null for a dry run, with `--no-commit`, and when nothing changed. */
  readonly commit: string | null;
  readonly dryRun: boolean;
  /** The plan itself, on a dry run. */
  readonly plan?: Plan;
}

/** The result of an operation that changes the state file. */
export interface ChangesResult extends Written {
  readonly changes: readonly StateChange[];
}

/** Makes the plan on a catalog: the working tree's first, then, when somebody was faster, what they left here or at the remote. */
export type Planner = (catalog: Catalog) => Promise<Plan | null>;

/**
 * Carries a plan out, unless it is a dry run; says what the user has to know about where the commit went. `about` are
 * the prompts that the planner looks at; all when left out.
 */
export async function write(
  context: Context,
  input: WriteInput,
  planner: Planner,
  about?: readonly string[],
): Promise<Written> {
  if (input.remote === true && input.commit === false) {
    throw new PromptSyncError("USAGE", "`--remote` publishes a commit, and `--no-commit` makes none", {
      hint: "leave one of them out",
    });
  }
  const workspace = await context.workspace();
  if (input.dryRun !== true) await workspace.heal();
  const isPart = about !== undefined && about.length > 0 && about.length <= most;
  const plan = await planner(await (isPart ? workspace.catalogAbout(...about) : workspace.catalog()));
  if (input.dryRun === true) return { commit: null, dryRun: true, ...(plan === null ? {} : { plan }) };
  if (plan === null) {
    if (input.remote === true) await workspace.publishHead(); // what an earlier run could not publish
    return { commit: null, dryRun: false };
  }
  const receipt = await workspace.apply(plan, {
    commit: input.commit !== false,
    remote: input.remote === true,
    now: context.now,
    note: context.note,
    replan: async (catalog) => {
      const next = await planner(catalog);
      if (next !== null) refuseOvertaken(plan, next);
      return next;
    },
  });
  if (receipt.detached && receipt.commit !== null) {
    const id = receipt.commit.slice(0, 12);
    context.note(`HEAD is detached: commit ${id} is on no branch; \`git branch <name> ${id}\` keeps it`);
  }
  return { commit: receipt.commit, dryRun: false };
}

/** With more prompts than this the whole catalog is read: looking for each would cost more. */
const most = 50;

/** @throws PromptSyncError `CHANGE_CONFLICT` when an entry no longer has the value that the change was made for */
function refuseOvertaken(before: Plan, after: Plan): void {
  for (const record of before.audit) {
    const same = after.audit.find((other) => entryOf(other) === entryOf(record));
    if (same === undefined || (same.from === record.from && same.percent === record.percent)) continue;
    const { prompt = record.flag ?? "", alias } = record;
    const what = alias === undefined ? prompt : `${prompt}@${alias}`;
    throw new PromptSyncError(
      "CHANGE_CONFLICT",
      `somebody changed \`${what}\` from ${record.from ?? "nothing"} to ${same.from ?? "nothing"} meanwhile`,
      { hint: "`git pull`, look at what they did, and run the command again" },
    );
  }
}

/** Which entry a record is about, and what is done to it; the number of a new version is an answer, no question. */
function entryOf({ action, prompt, version, alias, tenant, flag, override }: AuditRecord): string {
  const asked = action === "push" ? undefined : version;
  return JSON.stringify([action, prompt, asked, alias, tenant, flag, override]);
}

/** Plans changes of the state, as {@link writeChanges} does, and lets them through the gates of the aliases first. */
export function writeThroughGates(
  context: Context,
  input: WriteInput,
  plan: (catalog: Catalog) => PlannedChanges | Promise<PlannedChanges>,
  about?: readonly string[],
): Promise<ChangesResult> {
  const gated = async (catalog: Catalog): Promise<PlannedChanges> => {
    const planned = await plan(catalog);
    const { passGates } = await import("./gates/pass-gates.js");
    return { ...planned, plan: await passGates(context, input, { catalog, plan: planned.plan }) };
  };
  return writeChanges(context, input, gated, about);
}

/** Plans changes of the state, carries them out and returns the common result; see {@link write} for `about`. */
export async function writeChanges(
  context: Context,
  input: WriteInput,
  plan: (catalog: Catalog) => PlannedChanges | Promise<PlannedChanges>,
  about?: readonly string[],
): Promise<ChangesResult> {
  let changes: readonly StateChange[] = [];
  let warnings: readonly string[] = [];
  const planner = async (catalog: Catalog): Promise<Plan | null> => {
    const planned = await plan(catalog);
    ({ changes, warnings = [] } = planned);
    return planned.plan;
  };
  const written = await write(context, input, planner, about);
  for (const warning of warnings) context.note(`warning: ${warning}`);
  return { ...written, changes };
}

/** One line a change, and the commit. */
export function changesText(result: ChangesResult, style: Style): string {
  if (result.changes.length === 0) return "nothing to do: everything is as asked";
  return `${movesTable(result.changes, style)}\n${commitLine(result, style)}`;
}

/** One line a change: `stable  support-reply  1.0.0 → 1.1.0`. */
export function movesTable(changes: readonly ShownChange[], style: Style): string {
  return table(
    changes.map((change) => changeCells(change, style)),
    style,
  );
}

/** The last line of every write: the commit, or why there is none. */
export function commitLine({ commit, dryRun }: Written, style: Style): string {
  if (dryRun) return style.dim("dry run: nothing was written");
  return commit === null ? style.dim("written, not committed") : style.dim(`commit ${commit.slice(0, 12)}`);
}
