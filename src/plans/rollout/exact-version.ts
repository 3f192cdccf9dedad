import { findPrompt, stateOf, type Catalog, type CatalogVersion } from "../../core/catalog.js";
import { PromptSyncError } from "../../core/errors.js";
import { parseReference } from "../../core/reference.js";
import { nearest } from "../../core/suggest.js";
import { entryOf } from "../../core/state/state.js";
import { versionsServed } from "../../core/state/versions-served.js";

/** One version of a prompt, named exactly. */
export interface ExactVersion extends CatalogVersion {
  readonly name: string;
}

/**
 * The version that a reference names. The end of a version's life is no matter of an alias or a range.
 * @throws PromptSyncError `REFERENCE_INVALID`, `PROMPT_NOT_FOUND`, `VERSION_NOT_FOUND`
 */
export function exactVersion(catalog: Catalog, text: string): ExactVersion {
  const { name, selector } = parseReference(text);
  const { versions } = findPrompt(catalog, name);
  const known = versions.map(({ version }) => version);
  if (selector.kind !== "version") {
    throw new PromptSyncError("REFERENCE_INVALID", `\`${text}\` names no exact version`, {
      hint: `write \`${name}@<version>\`; it has ${known.join(", ")}`,
    });
  }
  const found = versions.find(({ version }) => version === selector.version);
  if (found !== undefined) return { ...found, name };
  const removed = entryOf(stateOf(catalog, name).removed, selector.version);
  const guess = nearest(selector.version, known);
  const hint = guess === undefined ? "" : `did you mean \`${guess}\`? `;
  throw new PromptSyncError(
    "VERSION_NOT_FOUND",
    `prompt \`${name}\` has no version \`${selector.version}\``,
    {
      hint:
        removed === undefined
          ? `${hint}it has ${known.join(", ")}`
          : `it was removed on ${removed.on ?? "some day"}`,
    },
  );
}

/** The entries of the state that name a version, such as `prompts.refund.aliases.stable.serve`. */
export function entriesNaming(
  { state }: Catalog,
  { name, version }: ExactVersion,
  { served }: { readonly served: boolean },
): string[] {
  const entries = [...versionsServed(state)].filter(
    (it) => it.prompt === name && it.version === version && (it.isServed || !served),
  );
  return entries.map(({ path }) => path.join("."));
}
