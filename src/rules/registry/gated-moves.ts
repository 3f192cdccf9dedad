import { movesBetween, type AliasMove } from "../../core/state/moves-between.js";
import { entryOf, type State } from "../../core/state/state.js";
import { limitedState } from "../in-sight.js";
import type { World } from "../rule.js";

/** A move and the gates that it has to pass. */
export interface MoveToProve extends AliasMove {
  readonly gates: string;
}

/**
 * The moves since the base that have to pass gates: those of the base, so that no change takes its own gates away, or
 * those that the change brings. None without a base.
 */
export function gatedMoves({ catalog, base, changed }: World): MoveToProve[] {
  if (base === undefined || base.catalog.state === catalog.state) return [];
  const [was, is] = [base.catalog.state, catalog.state].map((state) => limitedState(state, changed));
  if (was === undefined || is === undefined) return [];
  return movesBetween(was, is).flatMap((move) => {
    const gates = gatesOf(was, move.alias) ?? gatesOf(is, move.alias);
    return gates === undefined ? [] : [{ ...move, gates }];
  });
}

function gatesOf({ aliases }: State, alias: string): string | undefined {
  const { protected: isProtected, gates } = entryOf(aliases, alias) ?? {};
  return isProtected === false ? undefined : gates;
}
