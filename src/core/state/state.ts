import type { JsonObject, JsonValue } from "../json.js";

/** A map keyed by ids; made without a prototype. */
export type ById<T> = Readonly<Record<string, T>>;

/** A second version that an alias serves to `percent` (0 to 100, two decimals) of the keys. */
export interface Canary {
  readonly serve: string;
  readonly percent: number;
  readonly seed: string;
  readonly state: string;
  readonly steps?: readonly number[];
  readonly started?: string;
}

/** What an alias serves. */
export interface Arm {
  readonly serve: string;
  readonly canary?: Canary;
}

/** Conditions that must all hold. */
export interface When {
  readonly flags?: ById<boolean | string | number>;
  /** At least one of these tags has one of these values. */
  readonly tags_any?: ById<string | readonly string[]>;
  /** Each of these tags has one of its values. */
  readonly tags_all?: ById<string | readonly string[]>;
  readonly tenants?: readonly string[];
}

/** A version served while its conditions hold; a lower order comes first. */
export interface ServeRule {
  readonly order?: number;
  readonly when: When;
  readonly serve: string;
}

/** Why a version is passed over. */
export interface Yanked {
  readonly reason?: string;
  /** The day it was yanked, `YYYY-MM-DD`. */
  readonly since?: string;
}

/** The end of a version's life; dates are ISO 8601. */
export interface Deprecation {
  readonly reason?: string;
  readonly replacement?: string;
  readonly deprecated?: string;
  readonly deadline?: string;
}

/** Everything that decides what is served of one prompt. */
export interface PromptState {
  readonly owner?: string;
  readonly purpose?: string;
  readonly default?: string;
  readonly recommended?: string;
  readonly maintained?: readonly string[];
  readonly aliases?: ById<Arm>;
  readonly rules?: ById<ServeRule>;
  readonly tenants?: ById<{ readonly reason?: string; readonly aliases?: ById<Arm> }>;
  /** By scope, then by the scope's opaque id. */
  readonly overrides?: ById<ById<{ readonly serve: string }>>;
  readonly deprecations?: ById<Deprecation>;
  readonly yanked?: ById<Yanked>;
  readonly removed?: ById<{ readonly on?: string; readonly reason?: string; readonly replacement?: string }>;
}

/** A labelled exception that serves a version at once and owes a post-mortem. */
export interface Emergency {
  readonly prompt: string;
  readonly alias?: string;
  readonly serve: string;
  readonly label?: string;
  readonly reason?: string;
  readonly opened?: string;
  readonly opened_by?: string;
  readonly resolved?: string;
  readonly resolved_by?: string;
  readonly post_mortem?: string;
  readonly post_mortem_due?: string;
  readonly status: "active" | "resolved";
}

/** `promptsync.yaml` as a value; `schemas/promptsync.schema.json` is the contract. */
export interface State {
  readonly schema: "promptsync/v1";
  readonly project?: {
    readonly id?: string;
    readonly default_alias?: string;
    readonly bucketing?: string;
    readonly on_missing_key?: "stable" | "error";
    readonly scopes?: readonly string[];
  };
  readonly owners?: ById<JsonValue>;
  /** Settings of an alias, for all prompts. */
  readonly aliases?: ById<{ readonly protected?: boolean; readonly gates?: string }>;
  readonly capabilities?: ById<{
    readonly links?: ById<{ readonly priority?: number; readonly when?: When }>;
  }>;
  readonly flags?: ById<{
    readonly owner?: string;
    readonly purpose?: string;
    readonly kind?: string;
    readonly created?: string;
    readonly expires: string;
  }>;
  readonly gates?: ById<JsonObject>;
  readonly prompts?: ById<PromptState>;
  readonly emergencies?: ById<Emergency>;
  readonly waivers?: readonly JsonObject[];
}

/** The state of a registry that has no state file. */
export const emptyState: State = { schema: "promptsync/v1" };

/** The entry of an id map, and nothing that a prototype holds. */
export function entryOf<T>(map: ById<T> | undefined, id: string): T | undefined {
  return map !== undefined && Object.hasOwn(map, id) ? map[id] : undefined;
}

/** The ids of a map, sorted by code unit: the order in a file means nothing. */
export function idsOf(map: ById<unknown> | undefined): readonly string[] {
  return Object.keys(map ?? {}).sort();
}
