import { armsOf, type PlacedArm } from "./arms.js";
import { entryOf, type Arm, type State, type When } from "./state.js";

/** A version on its way behind an alias. */
export interface AliasMove {
  readonly prompt: string;
  readonly version: string;
  readonly alias: string;
  /** Set when only this tenant would get it. */
  readonly tenant?: string;
  /** The version that the same callers get today; null when they get none. */
  readonly baseline: string | null;
  /** Whether a canary gives it to some of them only. */
  readonly isTrial: boolean;
  /** Where the version stands in the second state. */
  readonly path: readonly string[];
}

/**
 * The versions that more people get in the second state than in the first through an alias: it serves another one, a
 * canary of it starts or grows, or a rule without conditions stands before it. What they get `today` is the baseline.
 */
export function movesBetween(before: State, after: State, today: State = before): AliasMove[] {
  return [...armMoves(before, after, today), ...ruleMoves(before, after, today)];
}

function armMoves(before: State, after: State, today: State): AliasMove[] {
  const old = new Map([...armsOf(before)].map(({ path, arm }) => [path.join("/"), arm]));
  return [...armsOf(after)].flatMap((placed) => {
    const { prompt, alias, tenant, path, arm } = placed;
    const place = { prompt, alias, ...(tenant === undefined ? {} : { tenant }) };
    return versionsBrought(old.get(path.join("/")), arm).map(({ version, isTrial }) => ({
      ...place,
      version,
      baseline: servedToday(today, place),
      isTrial,
      path: [...path, ...(isTrial ? ["canary"] : []), "serve"],
    }));
  });
}

/** A rule that always holds moves every alias of its prompt. */
function ruleMoves(before: State, after: State, today: State): AliasMove[] {
  return Object.entries(after.prompts ?? {}).flatMap(([prompt, { rules = {}, aliases = {} }]) =>
    Object.entries(rules).flatMap(([id, rule]) => {
      const was = entryOf(entryOf(before.prompts, prompt)?.rules, id);
      const isSame = was?.serve === rule.serve && alwaysHolds(was.when);
      if (isSame || !alwaysHolds(rule.when)) return [];
      return Object.keys(aliases).map((alias) => ({
        prompt,
        alias,
        version: rule.serve,
        baseline: servedToday(today, { prompt, alias }),
        isTrial: false,
        path: ["prompts", prompt, "rules", id, "serve"],
      }));
    }),
  );
}

function alwaysHolds({ flags = {}, tags_any: any, tags_all: all = {}, tenants }: When): boolean {
  const isFree = tenants === undefined && any === undefined;
  return isFree && Object.keys(flags).length + Object.keys(all).length === 0;
}

function versionsBrought(
  before: Arm | undefined,
  { serve, canary }: Arm,
): Pick<AliasMove, "version" | "isTrial">[] {
  const brought = before?.serve === serve ? [] : [{ version: serve, isTrial: false }];
  const share = (arm: Arm | undefined, version: string): number =>
    arm?.canary?.serve === version && arm.canary.state === "running" ? arm.canary.percent : 0;
  if (canary === undefined || canary.serve === serve || canary.serve === before?.serve) return brought;
  const isMore = share({ serve, canary }, canary.serve) > share(before, canary.serve);
  if (!isMore && before?.canary?.serve === canary.serve) return brought;
  return [...brought, { version: canary.serve, isTrial: true }];
}

/** The version that callers of an alias get today: the tenant's own, or everybody's; null when they get none. */
export function servedToday(
  state: State,
  { prompt, alias, tenant }: Pick<PlacedArm, "prompt" | "alias" | "tenant">,
): string | null {
  const block = entryOf(state.prompts, prompt);
  const own = tenant === undefined ? undefined : entryOf(entryOf(block?.tenants, tenant)?.aliases, alias);
  return (own ?? entryOf(block?.aliases, alias))?.serve ?? null;
}
