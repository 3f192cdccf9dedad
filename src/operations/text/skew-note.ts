import type { SkewedCommit } from "../../core/listing.js";

/** Says that a commit's clock had gone back, and from when on it counts. */
export function skewNote({ commit, date, effective }: SkewedCommit): string {
  return `commit ${commit.slice(0, 12)} says ${date} and builds on one of ${effective}: it counts from then on`;
}
