import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { isHistoryFixed } from "./git/fixed-history.js";
import type { Repository } from "./git/repository.js";
import { keep, keptFile, openKept, toolBuild, type KeptName } from "./kept-file.js";
import { committedTree } from "./read-derived.js";

/** Something that is found out about the registry and its history, as JSON. */
export interface Question<Answer> {
  /** Names the file that the answer is kept in. */
  readonly name: KeptName;
  /** All that the answer depends on beside HEAD: the settings, the day, what was asked. As JSON. */
  readonly given: () => Promise<unknown>;
  readonly find: () => Promise<Answer>;
  /** Says whether finding it out again costs more than asking git what has changed. */
  readonly isLarge: (answer: Answer) => boolean;
}

/**
 * Finds something out, or takes what was found out before with the same HEAD, while git sees no difference between the
 * registry in the working tree and HEAD: before the answer was found, and after it.
 *
 * It is kept in the git directory; another version of the tool or another build forgets it. Whoever deletes the file
 * loses nothing; one that is damaged or cannot be written is no error. Small registries never ask git: the first run
 * only makes the file, and the second fills it. In a sparse checkout nothing is kept, because git does not say what is
 * missing on purpose, and neither where HEAD may have another history tomorrow: in a shallow clone, and with grafts.
 */
export async function findOutOnce<Answer>(
  repository: Repository,
  registry: string,
  { name, given, find, isLarge }: Question<Answer>,
): Promise<Answer> {
  const file = keptFile(repository.gitDirectory, name);
  const isPartial = existsSync(repository.sparseFile) || !isHistoryFixed(repository);
  if (repository.top === null || isPartial) return find();
  if (!existsSync(file)) {
    const answer = await find();
    if (isLarge(answer)) keep(file, "", Buffer.alloc(0));
    return answer;
  }
  const keyNow = async (): Promise<string | undefined> => {
    const [committed, facts] = await Promise.all([committedTree(repository, registry, ""), given()]);
    const [head] = await repository.objects.info(["HEAD^{commit}"]); // git compared with this one
    if (committed === undefined || committed.commit !== head?.id) return undefined;
    const all = JSON.stringify([toolBuild(), registry, committed.commit, facts]);
    return createHash("sha256").update(all).digest("hex");
  };
  const key = await keyNow();
  if (key === undefined) return find();
  const kept = openKept(file);
  if (kept?.key === key) return JSON.parse(kept.bytes.toString()) as Answer;
  const answer = await find();
  if ((await keyNow()) === key && isHistoryFixed(repository))
    keep(file, key, Buffer.from(JSON.stringify(answer)));
  return answer;
}
