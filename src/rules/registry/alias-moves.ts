import { armsOf } from "../../core/state/arms.js";
import { limitedState } from "../in-sight.js";
import type { World } from "../rule.js";

/** An alias block that serves another version than at the base. */
export interface ServedMove {
  readonly prompt: string;
  readonly alias: string;
  readonly tenant?: string;
  readonly from: string;
  readonly to: string;
  /** The block in the state. */
  readonly path: readonly string[];
}

/** The alias blocks that are in both states and serve different versions; none without a base. */
export function aliasMoves({ catalog, base, changed }: World): ServedMove[] {
  if (base === undefined || base.catalog.state === catalog.state) return [];
  const before = new Map(
    [...armsOf(limitedState(base.catalog.state, changed))].map(({ path, arm }) => [
      path.join("/"),
      arm.serve,
    ]),
  );
  return [...armsOf(limitedState(catalog.state, changed))].flatMap(({ arm, ...entry }) => {
    const from = before.get(entry.path.join("/"));
    return from === undefined || from === arm.serve ? [] : [{ ...entry, from, to: arm.serve }];
  });
}
