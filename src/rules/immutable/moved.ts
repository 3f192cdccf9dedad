import type { BasePicture, VersionChange } from "../rule.js";

/** Where a version that left its path went. */
export type Fate =
  /** Deleted and nowhere else. */
  | { readonly kind: "gone" }
  /** The same name and number in another group: references do not notice. */
  | { readonly kind: "regrouped" }
  /** The same content under another name or number. */
  | { readonly kind: "renamed"; readonly path: string };

/** Finds out where a deleted version went; by content, because git's own pairing guesses. */
export function fateOf(deleted: VersionChange, { changes }: BasePicture): Fate {
  const added = changes.filter(({ status }) => status === "added");
  const moved = added.find(
    ({ name, version, after }) =>
      name === deleted.name && version === deleted.version && after?.text === deleted.before?.text,
  );
  if (moved !== undefined) return { kind: "regrouped" };
  const content = contentOf(deleted.before?.text ?? "");
  const renamed = added.find(({ after }) => after !== undefined && contentOf(after.text) === content);
  return renamed === undefined ? { kind: "gone" } : { kind: "renamed", path: renamed.path };
}

/** A version's text without the lines that say which version it is. */
function contentOf(text: string): string {
  return text.replace(/^name: .*\n/m, "").replace(/^version: .*\n/m, "");
}

/** Says whether an added version is one that the base has in another group: nothing about it is new. */
export function isRegrouped({ status, name, version, after }: VersionChange, base: BasePicture): boolean {
  const there = base.catalog.prompts.get(name)?.versions.find((it) => it.version === version);
  return (
    status === "added" &&
    there !== undefined &&
    after !== undefined &&
    base.isSameBlob(there.blob, after.text)
  );
}
