import { stateFileName } from "../core/layout.js";
import type { AuditRecord } from "../core/plan.js";
import { isWhole, readTrailers } from "../core/trailers.js";
import type { HistoryCommit } from "./git/history.js";

/** What makes new version files; all else is a change of the state. */
const ofVersions: ReadonlySet<string> = new Set(["push", "renumber"]);

/**
 * What a commit tells of itself. Empty for a commit made by hand, and for one that did not touch what its trailers
 * are about: anybody can write them. Whether the state then says the same, only `audit` reads enough to know.
 */
export function toldBy({ message, files }: HistoryCommit): readonly AuditRecord[] {
  const told = isWhole(message) ? readTrailers(message) : [];
  const isTouched = (end: string): boolean => files.some(({ path }) => path.endsWith(end));
  const isBacked = ({ action, prompt = "", version }: AuditRecord): boolean =>
    isTouched(ofVersions.has(action) ? `/${prompt}/${version ?? ""}.md` : stateFileName);
  return told.every(isBacked) ? told : [];
}
