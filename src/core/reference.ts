import { PromptSyncError } from "./errors.js";
import { kept } from "./kept.js";
import { checkName, isVersionLike, nameProblem } from "./name.js";
import { parseVersion, rangeMatcher } from "./version.js";

/** What stands behind the `@` of a reference. */
export type Selector =
  | { readonly kind: "version"; readonly version: string }
  | { readonly kind: "range"; readonly range: string }
  | { readonly kind: "alias"; readonly alias: string }
  | { readonly kind: "latest" }
  /** Nothing: the default alias, else the default version. */
  | { readonly kind: "default" };

/** A request for one version of one prompt. */
export interface Reference {
  readonly name: string;
  readonly selector: Selector;
}

/** Applications ask for the same few references again and again. */
const mostKept = 10_000;

/**
 * Reads what may stand behind an `@`: an exact version, a range (`^1.2`, `v1`), `latest` or an alias.
 * @throws PromptSyncError `REFERENCE_INVALID`, `VERSION_INVALID`
 */
export const parseSelector = kept(readSelector, mostKept);

function readSelector(text: string): Selector {
  if (text === "latest") return { kind: "latest" };
  if (/^v?\d+\.\d+\.\d+([-+]|$)/.test(text)) return { kind: "version", version: parseVersion(text) };
  if (!isVersionLike(text) && nameProblem("alias", text) === undefined) return { kind: "alias", alias: text };
  if (text !== "" && rangeMatcher(text) !== undefined) return { kind: "range", range: text };
  throw new PromptSyncError("REFERENCE_INVALID", `\`${text}\` is no version, range or alias`, {
    hint: "write `1.2.0`, `^1.2` or an alias such as `production`",
  });
}

/**
 * Reads `name`, `name@1.2.0`, `name@^1.2`, `name@production` or `name@latest`.
 * @throws PromptSyncError `REFERENCE_INVALID`, `NAME_INVALID`, `VERSION_INVALID`
 */
export const parseReference = kept(readReference, mostKept);

function readReference(text: string): Reference {
  const at = text.indexOf("@");
  if (at < 0) return { name: checkName("prompt", text), selector: { kind: "default" } };
  if (at === 0 || at === text.length - 1) {
    throw new PromptSyncError("REFERENCE_INVALID", `\`${text}\` is no reference`, {
      hint: "write `name@1.2.0`, `name@^1.2` or `name@production`",
    });
  }
  return { name: checkName("prompt", text.slice(0, at)), selector: parseSelector(text.slice(at + 1)) };
}

/** Writes a reference the way people type it. */
export function formatReference({ name, selector }: Reference): string {
  switch (selector.kind) {
    case "version":
      return `${name}@${selector.version}`;
    case "range":
      return `${name}@${selector.range}`;
    case "alias":
      return `${name}@${selector.alias}`;
    case "latest":
      return `${name}@latest`;
    case "default":
      return name;
  }
}
