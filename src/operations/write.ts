import type { Catalog } from "../core/catalog.js";
import { PromptSyncError } from "../core/errors.js";
import type { Plan } from "../core/plan.js";
import type { PlannedChanges, StateChange } from "../plans/plan-alias.js";
import type { Context, Style, WriteInput } from "./operation.js";

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

/** Makes the plan on a catalog: the working tree's first, then, when somebody was faster, the remote's. */
export type Planner = (catalog: Catalog) => Promise<Plan | null>;

/** Carries a plan out, unless it is a dry run; says what the user has to know about where the commit went. */
export async function write(context: Context, input: WriteInput, planner: Planner): Promise<Written> {
  const workspace = await context.workspace();
  const plan = await planner(await workspace.catalog());
  if (input.dryRun === true) return { commit: null, dryRun: true, ...(plan === null ? {} : { plan }) };
  if (plan === null) return { commit: null, dryRun: false };
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

/** @throws PromptSyncError `CHANGE_CONFLICT` when an entry no longer has the value that the change was made for */
function refuseOvertaken(before: Plan, after: Plan): void {
  for (const record of before.audit) {
    const same = after.audit.find(
      ({ action, prompt, alias }) =>
        action === record.action && prompt === record.prompt && alias === record.alias,
    );
    if (same === undefined || same.from === record.from) continue;
    const what = record.alias === undefined ? record.prompt : `${record.prompt}@${record.alias}`;
    throw new PromptSyncError(
      "CHANGE_CONFLICT",
      `somebody changed \`${what}\` from ${record.from ?? "nothing"} to ${same.from ?? "nothing"} meanwhile`,
      { hint: "`git pull`, look at what they did, and run the command again" },
    );
  }
}

/** Plans changes of the state, carries them out and returns the common result. */
export async function writeChanges(
  context: Context,
  input: WriteInput,
  plan: (catalog: Catalog) => Promise<PlannedChanges>,
): Promise<ChangesResult> {
  let changes: readonly StateChange[] = [];
  const written = await write(context, input, async (catalog) => {
    const planned = await plan(catalog);
    changes = planned.changes;
    return planned.plan;
  });
  return { ...written, changes };
}

/** One line a change, and the commit. */
export function changesText(result: ChangesResult, style: Style): string {
  if (result.changes.length === 0) return "nothing to do: everything is as asked";
  const lines = result.changes.map((change) => changeLine(change, style));
  return [...lines, commitLine(result, style)].join("\n");
}

/** `stable  support-reply  1.0.0 → 1.1.0`. */
export function changeLine({ prompt, alias, from, to }: StateChange, style: Style): string {
  const what = alias ?? "default";
  const before = from === null ? "" : `${style.dim(from)} → `;
  return `${style.cyan(prompt)} ${what}: ${before}${to === null ? style.yellow("removed") : style.green(to)}`;
}

/** The last line of every write: the commit, or why there is none. */
export function commitLine({ commit, dryRun }: Written, style: Style): string {
  if (dryRun) return style.dim("dry run: nothing was written");
  return commit === null ? style.dim("written, not committed") : style.dim(`commit ${commit.slice(0, 12)}`);
}
