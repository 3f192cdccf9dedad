import type { Arm, State } from "./state.js";

/** An alias block somewhere in the state. */
export interface PlacedArm {
  readonly prompt: string;
  readonly alias: string;
  /** Set when the block is a tenant's own. */
  readonly tenant?: string;
  readonly arm: Arm;
  readonly path: readonly string[];
}

/** Every alias block of a state, the tenants' own included. */
export function* armsOf(state: State): Iterable<PlacedArm> {
  for (const [prompt, block] of Object.entries(state.prompts ?? {})) {
    for (const [alias, arm] of Object.entries(block.aliases ?? {})) {
      yield { prompt, alias, arm, path: ["prompts", prompt, "aliases", alias] };
    }
    for (const [tenant, { aliases }] of Object.entries(block.tenants ?? {})) {
      for (const [alias, arm] of Object.entries(aliases ?? {})) {
        yield { prompt, alias, tenant, arm, path: ["prompts", prompt, "tenants", tenant, "aliases", alias] };
      }
    }
  }
}
