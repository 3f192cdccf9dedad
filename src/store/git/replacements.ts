import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Repository } from "./repository.js";

/** Says whether git may show another object in the place of one: then an id does not stand for what is read by it. */
export function mayHaveReplacements({
  commonDirectory,
  git,
}: Pick<Repository, "commonDirectory" | "git">): boolean {
  if (git.environment.GIT_REPLACE_REF_BASE !== undefined) return true;
  const at = (name: string): string => join(commonDirectory, name);
  if (existsSync(at("reftable"))) return true; // in a format that only git reads
  if (existsSync(at("refs/replace")) && readdirSync(at("refs/replace")).length > 0) return true;
  return existsSync(at("packed-refs")) && readFileSync(at("packed-refs")).includes(" refs/replace/");
}
