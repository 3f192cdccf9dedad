import type { Catalog } from "../core/catalog.js";
import { stateOf } from "../core/catalog.js";
import { PromptSyncError } from "../core/errors.js";
import { isVersionLike, nameProblem } from "../core/name.js";
import { parseReference, type Reference } from "../core/reference.js";
import { namedVersion, withoutEmergencies, type NamedVersion } from "../core/resolve/named-version.js";
import { entryOf } from "../core/state/state.js";
import { parseVersion, rangeMatcher } from "../core/version.js";

/**
 * The version that each reference means now, by prompt. A bare version means every prompt that has it, of those
 * that `isMeant` says; a bare `v1` every prompt's newest 1.x.y. Beside bare names it is the version of these prompts:
 * `refund qualify-lead v2.0.0`.
 * @throws PromptSyncError `USAGE` when a prompt is named twice, `VERSION_NOT_FOUND`, `NO_VERSION` for a yanked one,
 * and what `resolve` throws
 */
export function pinAll(
  catalog: Catalog,
  references: readonly string[],
  isMeant: (name: string) => boolean = () => true,
): Map<string, string> {
  const targets = new Map<string, string>();
  for (const text of joined(references)) {
    const pinned = isVersionLike(text)
      ? havingVersion(catalog, text, isMeant)
      : [pin(catalog, parseReference(text))];
    for (const { name, version } of pinned) {
      const other = targets.get(name);
      if (other !== undefined && other !== version) {
        throw new PromptSyncError("USAGE", `\`${name}\` is named twice, at ${other} and at ${version}`, {
          hint: `name each prompt once, such as \`${name}@${version}\``,
        });
      }
      targets.set(name, version);
    }
  }
  return targets;
}

/** The prompts that references are about; undefined when one means every prompt, or names none as it should. */
export function promptsIn(references: readonly string[]): readonly string[] | undefined {
  const names = joined(references).map((text) => text.split("@", 1)[0] ?? "");
  return names.some((name) => isVersionLike(name) || nameProblem("prompt", name) !== undefined)
    ? undefined
    : [...new Set(names)];
}

/** Bare names and one bare version as references: whoever names both means the version of these prompts. */
function joined(references: readonly string[]): readonly string[] {
  const [version, ...others] = references.filter(isVersionLike);
  const isName = (text: string): boolean => !isVersionLike(text) && !text.includes("@");
  if (version === undefined || others.length > 0 || !references.some(isName)) return references;
  return references
    .filter((text) => text !== version)
    .map((text) => (isName(text) ? `${text}@${version}` : text));
}

/**
 * The version that a reference means now. An open emergency does not count: it serves its version whatever is asked.
 * @throws PromptSyncError `NO_VERSION` for a yanked version, and what `resolve` throws
 */
export function pin(catalog: Catalog, reference: Reference): NamedVersion {
  const { selector } = reference;
  if (selector.kind === "version") refuseYanked(catalog, reference.name, selector.version);
  return namedVersion(withoutEmergencies(catalog), reference);
}

/** @throws PromptSyncError `NO_VERSION` when the version is yanked */
export function refuseYanked(catalog: Catalog, name: string, version: string): void {
  const yanked = entryOf(stateOf(catalog, name).yanked, version);
  if (yanked === undefined) return;
  const why = yanked.reason ?? "no reason given";
  throw new PromptSyncError("NO_VERSION", `\`${name}@${version}\` is yanked: ${why}`, {
    hint: "choose another version; `promptsync list` shows all",
  });
}

function havingVersion(catalog: Catalog, text: string, isMeant: (name: string) => boolean): NamedVersion[] {
  const isExact = /^v?\d+\.\d+\.\d+/.test(text);
  const matches = isExact ? parseVersion(text) : rangeMatcher(text);
  const found = [...catalog.prompts.values()].flatMap(({ name, versions }) => {
    const hit = versions.findLast(({ version }) =>
      typeof matches === "string" ? version === matches : (matches?.(version) ?? false),
    );
    return hit === undefined ? [] : [{ name, version: hit.version }];
  });
  if (found.length === 0) {
    throw new PromptSyncError("VERSION_NOT_FOUND", `no prompt has a version \`${text}\``, {
      hint: "`promptsync list` shows the versions of all prompts",
    });
  }
  return found
    .filter(({ name }) => isMeant(name))
    .map(({ name, version }) => pin(catalog, { name, selector: { kind: "version", version } }));
}
