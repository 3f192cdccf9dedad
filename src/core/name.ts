import { PromptSyncError } from "./errors.js";

const pattern = /^[a-z0-9]+([._-][a-z0-9]+)*$/;
const versionLike = /^v?[0-9]+([.-].*)?$/;

/** Words that would reach an object's prototype, or that no file may be called on Windows. */
const reserved = /^(__proto__|constructor|prototype|con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?$/;

/** The kinds of things that carry a name; an alias may not be `latest` nor look like a version. */
export type NameKind =
  "prompt" | "group" | "alias" | "tenant" | "flag" | "rule" | "variable" | "capability" | "emergency";

/** Says whether a word reads as a version or the beginning of one: `1`, `v1.2`, `1.2.3-rc.1`, `1.x`. */
export function isVersionLike(word: string): boolean {
  return versionLike.test(word);
}

/** Why a word is no name of this kind, as the end of a sentence; undefined when it is one. */
export function nameProblem(kind: NameKind, name: string): string | undefined {
  if (name.length === 0) return "is empty";
  if (name.length > 100) return `has ${name.length} characters; 100 are allowed`;
  if (!pattern.test(name)) return "may hold only a-z, 0-9 and single `.`, `_`, `-` between them";
  if (reserved.test(name)) return "is a reserved word";
  if (kind === "alias" && name === "latest") return "always means the newest version";
  if ((kind === "alias" || kind === "prompt") && isVersionLike(name)) return "reads as a version";
  return undefined;
}

/** The nearest allowed spelling of a name, or undefined when nothing of it is left. */
export function allowedSpelling(name: string): string | undefined {
  const spelled = name
    .normalize("NFKD")
    .replaceAll(/\p{M}+/gu, "") // accents
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, "-")
    .replaceAll(/([._-])[._-]+/g, "$1")
    .replace(/^[._-]+/, "")
    .slice(0, 100)
    .replace(/[._-]+$/, "");
  return spelled === "" || !pattern.test(spelled) ? undefined : spelled;
}

/**
 * Returns the name when it is one.
 * @throws PromptSyncError `NAME_INVALID` with the nearest allowed spelling as the hint
 */
export function checkName(kind: NameKind, name: string): string {
  const problem = nameProblem(kind, name);
  if (problem === undefined) return name;
  const spelled = allowedSpelling(name);
  const hint =
    spelled === undefined || spelled === name || nameProblem(kind, spelled) !== undefined
      ? `choose another ${kind} name, such as \`qualify-lead\``
      : `\`${spelled}\` would do`;
  throw new PromptSyncError("NAME_INVALID", `${kind} name \`${name}\` ${problem}`, { hint });
}

/**
 * Returns the id when it can be a key: ids of tenants and users are theirs, so anything that prints will do.
 * @throws PromptSyncError `NAME_INVALID`
 */
export function checkId(kind: string, id: string): string {
  if (/^\P{C}{1,200}$/u.test(id) && id.trim() === id && !reserved.test(id)) return id;
  const hint = reserved.test(id)
    ? "it is a reserved word: choose another one"
    : "write 1 to 200 characters that print, without blanks around them";
  throw new PromptSyncError("NAME_INVALID", `\`${id}\` is no id of a ${kind}`, { hint });
}
