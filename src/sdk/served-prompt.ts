import type { Resolution, ResolveRequest } from "../core/resolve/resolution.js";
import type { ServedFrom } from "../core/telemetry/event.js";

/** Why a prompt was served; version, rule and arm are null or missing where the caller's fallback text was. */
export interface ServedExplanation extends Partial<Pick<Resolution, "rule" | "arm" | "alias">> {
  readonly version: string | null;
  readonly reason: string;
  readonly bucket?: number | null;
  readonly catalog?: { readonly commit: string | null; readonly tree: string | null };
  readonly source: ServedFrom;
}

/** What other tools may rely on of a prompt that a `PromptManager` served. */
export interface ServedPrompt {
  /** `name@version`. */
  readonly id: string;
  readonly explanation: ServedExplanation;
  readonly format: (variables?: Readonly<Record<string, unknown>>) => string;
  readonly messages: (
    variables?: Readonly<Record<string, unknown>>,
  ) => readonly { readonly role: string; readonly content: string }[];
  readonly model?: string | undefined;
  readonly config?: unknown;
}

/** Who a prompt is for. */
export interface PromptCall extends Pick<ResolveRequest, "tenant" | "key" | "flags" | "tags" | "scopes"> {
  readonly versionOrAlias?: string;
}

/** Splits `name@version`; a name alone is the id of a fallback text. */
export function partsOfId(id: string): { readonly name: string; readonly version: string | null } {
  const at = id.lastIndexOf("@");
  return at <= 0 ? { name: id, version: null } : { name: id.slice(0, at), version: id.slice(at + 1) };
}
