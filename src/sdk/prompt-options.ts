import { PromptSyncError } from "../core/errors.js";
import { checkName } from "../core/name.js";
import { parseReference, parseSelector } from "../core/reference.js";
import type { ResolveRequest } from "../core/resolve/resolution.js";

/** Everything that may influence which version a call gets, and what to do when there is none. */
export interface PromptOptions {
  /** An alias, a version or a range: `stable`, `1.2.0`, `^1.2`. */
  readonly versionOrAlias?: string;
  readonly tenant?: string;
  /** What canaries are split by, such as a user id: the same key always gets the same arm. */
  readonly key?: string;
  readonly flags?: Readonly<Record<string, boolean | string | number>>;
  /** They choose rules and the variant: `{ locale: "en", tone: "formal" }`. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Ids by scope, such as `{ chat: "chat-8842" }`; they come before the manager's. */
  readonly scopes?: Readonly<Record<string, string>>;
  /**
   * Served when nothing else can be, whatever the reason; an empty text counts. It is a template, rendered with the same
   * variables, and the explanation says why it was served. Only a call that is wrong in itself still throws.
   */
  readonly fallback?: { readonly text: string };
  /** When the source cannot be read and nothing was kept of it, asks the registry in the working directory. */
  readonly fallbackToLocal?: boolean;
}

/** What the manager adds to each call. */
export interface CallDefaults {
  readonly scopes: Readonly<Record<string, string>>;
  readonly respectCanary: boolean;
}

/**
 * The request that a call stands for.
 * @throws PromptSyncError `USAGE`, `REFERENCE_INVALID`, `NAME_INVALID`, `VERSION_INVALID`
 */
export function requestOf(reference: string, options: PromptOptions, defaults: CallDefaults): ResolveRequest {
  const { versionOrAlias } = options;
  refuseOddFallback(options);
  const { name, selector } = parseReference(reference);
  if (versionOrAlias !== undefined && selector.kind !== "default") {
    throw new PromptSyncError("USAGE", `\`${reference}\` and \`versionOrAlias\` both choose a version`, {
      hint: "leave one of them out",
    });
  }
  const chosen = versionOrAlias === undefined ? selector : parseSelector(versionOrAlias);
  return withInfluences({ name, selector: chosen }, options, defaults);
}

/**
 * The request of a call that asks for whatever prompt does something.
 * @throws PromptSyncError `USAGE`, `NAME_INVALID`, `REFERENCE_INVALID`, `VERSION_INVALID`
 */
export function capabilityRequestOf(
  capability: string,
  options: PromptOptions,
  defaults: CallDefaults,
): ResolveRequest {
  const { versionOrAlias } = options;
  refuseOddFallback(options);
  const selector = versionOrAlias === undefined ? undefined : parseSelector(versionOrAlias);
  return withInfluences({ capability: checkName("capability", capability), selector }, options, defaults);
}

/** All requests have all keys in one order: what is read of them is then read fast. */
function withInfluences(
  { name, capability, selector }: Pick<ResolveRequest, "name" | "capability" | "selector">,
  { tenant, key, flags, tags, scopes }: PromptOptions,
  defaults: CallDefaults,
): ResolveRequest {
  return {
    name,
    capability,
    selector,
    tenant: tenant === undefined ? undefined : textOf("tenant", tenant),
    key: key === undefined ? undefined : textOf("key", key),
    flags,
    tags,
    scopes: scopes === undefined ? defaults.scopes : { ...defaults.scopes, ...scopes },
    respectCanary: defaults.respectCanary,
  };
}

function refuseOddFallback({ fallback }: PromptOptions): void {
  if (fallback === undefined || typeof (fallback as { text?: unknown }).text === "string") return;
  throw new PromptSyncError("USAGE", "`fallback` has no `text`", {
    hint: "write `fallback: { text: … }`; an empty text is one",
  });
}

/** A number as key would split otherwise than its text: better an error than an arm that changes. */
function textOf(option: string, value: unknown): string {
  if (typeof value === "string") return value;
  throw new PromptSyncError("USAGE", `\`${option}\` must be a string, got ${typeof value}`, {
    hint: `write \`${option}: String(…)\``,
  });
}
