import { stateOf, type Catalog } from "../../core/catalog.js";
import { daysBetween } from "../../core/day.js";
import { armsOf } from "../../core/state/arms.js";
import { entryOf } from "../../core/state/state.js";
import { compareVersions, isPrerelease } from "../../core/version.js";

/** An alias that does not serve the newest release. */
export interface LaggingAlias {
  readonly prompt: string;
  readonly alias: string;
  readonly version: string;
  readonly latest: string;
  /** How many releases are newer than the one served. */
  readonly behind: number;
}

/** A canary, and how long it has been going on. */
export interface OpenCanary {
  readonly prompt: string;
  readonly alias: string;
  /** Set when the canary splits the users of one tenant. */
  readonly tenant: string | null;
  readonly version: string;
  readonly percent: number;
  readonly state: string;
  readonly started: string | null;
  /** Null when nobody wrote down when it began. */
  readonly days: number | null;
}

/**
 * The aliases that serve an older release than they could; deprecated and yanked versions are none that they could.
 * A tenant's own arms are pinned on purpose, and left out.
 */
export function laggingAliases(catalog: Catalog): readonly LaggingAlias[] {
  return [...armsOf(catalog.state)].flatMap(({ prompt, alias, arm: { serve }, tenant }) => {
    if (tenant !== undefined) return [];
    const { deprecations, yanked } = stateOf(catalog, prompt);
    const newer = (catalog.prompts.get(prompt)?.versions ?? [])
      .map(({ version }) => version)
      .filter((it) => !isPrerelease(it) && compareVersions(it, serve) > 0)
      .filter((it) => entryOf(deprecations, it) === undefined && entryOf(yanked, it) === undefined);
    const latest = newer.at(-1);
    return latest === undefined ? [] : [{ prompt, alias, version: serve, latest, behind: newer.length }];
  });
}

/** Every canary, running or paused. */
export function openCanaries({ state: whole }: Catalog, now: Date): readonly OpenCanary[] {
  return [...armsOf(whole)].flatMap(({ prompt, alias, tenant = null, arm: { canary } }) => {
    if (canary === undefined) return [];
    const { serve: version, percent, state, started = null } = canary;
    const days = started === null ? null : daysBetween(started, now);
    return [{ prompt, alias, tenant, version, percent, state, started, days }];
  });
}
