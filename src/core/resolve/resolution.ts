import type { Selector } from "../reference.js";
import type { ById, Deprecation } from "../state/state.js";

/** Everything that may influence which version is served; nothing else does. */
export interface ResolveRequest {
  /** Left out only when `capability` is given. */
  readonly name?: string | undefined;
  readonly capability?: string | undefined;
  /** What the caller asked for behind the `@`; an alias here is the same as `alias`. */
  readonly selector?: Selector | undefined;
  readonly alias?: string | undefined;
  readonly tenant?: string | undefined;
  /** What canaries are split by, such as a user id. */
  readonly key?: string | undefined;
  readonly flags?: ById<boolean | string | number> | undefined;
  readonly tags?: ById<string> | undefined;
  /** Ids by scope, such as `{ chat: "chat-8842" }`. */
  readonly scopes?: ById<string> | undefined;
  /** False serves the baseline of every canary. */
  readonly respectCanary?: boolean | undefined;
}

/** OpenFeature's words for why a value was served. */
export type Reason = "STATIC" | "DEFAULT" | "TARGETING_MATCH" | "SPLIT";

/** One step of the decision. */
export interface TrailLine {
  readonly step: string;
  readonly matched: boolean;
  readonly detail: string;
  /** The entry of the state that decided, for blame. */
  readonly path?: readonly string[];
}

/** The version a request gets, and why. */
export interface Resolution {
  readonly name: string;
  readonly version: string;
  /** The alias that was followed, if one was. */
  readonly alias: string | null;
  readonly reason: Reason;
  /** Stable: `pinned`, `alias`, `default`, `canary.candidate`, `tenant.acme`, … */
  readonly rule: string;
  readonly arm: "baseline" | "candidate" | null;
  /** 0 to 9999; null when nothing was split. */
  readonly bucket: number | null;
  /** What the state says of a served version at the end of its life. */
  readonly deprecated: Deprecation | null;
  readonly trail: readonly TrailLine[];
}
