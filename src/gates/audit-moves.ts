import { armsOf } from "../core/state/arms.js";
import { isJsonObject } from "../core/json.js";
import { movesBetween } from "../core/state/moves-between.js";
import { entryOf, type State } from "../core/state/state.js";

/** A move of a protected alias, judged by the settings that it found. */
export interface ProtectedMove {
  readonly prompt: string;
  readonly alias: string;
  readonly tenant?: string;
  readonly version: string;
  /** The gates that it had to pass. */
  readonly gates: string;
  readonly requireSigned: boolean;
}

/**
 * Follows the moves of protected aliases from commit to commit, the oldest first. A way back to what the alias served
 * before is none: whatever a rollback serves has been served.
 */
export class MoveAudit {
  readonly #served = new Map<string, Set<string>>();

  /** The moves between two states that had to pass gates; by the first one, so that no edit takes its own gates away. */
  *add(before: State, after: State): Iterable<ProtectedMove> {
    if (before.prompts === after.prompts) return;
    this.#note(before);
    for (const { prompt, alias, tenant, version } of movesBetween(before, after)) {
      const { protected: isProtected, gates } = entryOf(before.aliases, alias) ?? {};
      if (gates === undefined || isProtected === false) continue;
      if (this.#served.get(placeOf({ prompt, alias, tenant }))?.has(version) === true) continue;
      const policy = entryOf(before.gates, gates)?.["policy"];
      const requireSigned = isJsonObject(policy) && policy["require_signed_commit"] === true;
      const place = { prompt, alias, ...(tenant === undefined ? {} : { tenant }) };
      yield { ...place, version, gates, requireSigned };
    }
  }

  #note(state: State): void {
    for (const { arm, ...place } of armsOf(state)) {
      const id = placeOf(place);
      const versions = this.#served.get(id) ?? new Set();
      this.#served.set(id, versions.add(arm.serve));
    }
  }
}

const placeOf = (it: {
  readonly prompt: string;
  readonly alias: string;
  readonly tenant?: string | undefined;
}) => [it.prompt, it.alias, it.tenant ?? ""].join("\0");
