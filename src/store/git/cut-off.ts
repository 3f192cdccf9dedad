import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Repository } from "./repository.js";

/** The commits whose parents a shallow clone lacks, sorted; empty in a clone that has all. Read anew each time. */
export function cutOff({ commonDirectory }: Pick<Repository, "commonDirectory">): readonly string[] {
  const file = join(commonDirectory, "shallow");
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8").split("\n").filter(Boolean).sort();
}
