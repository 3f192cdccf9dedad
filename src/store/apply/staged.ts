import { PromptSyncError } from "../../core/errors.js";
import type { Repository } from "../git/repository.js";
import { newObject } from "./tree.js";

/**
 * The paths whose index entry is not the one of HEAD: what the user has staged. One git process, which reads the
 * index once and no file.
 * @throws PromptSyncError `WORK_IN_PROGRESS` when an entry is unmerged
 */
export async function readStaged(repository: Repository, head: string | null): Promise<ReadonlySet<string>> {
  const tree = head ?? newObject("tree", Buffer.alloc(0), repository.objectFormat).id;
  const { stdout } = await repository.git.run([
    ...["diff-index", "--cached", "--raw", "-z", "--no-renames", "--no-ext-diff", tree],
    "--",
  ]);
  const fields = stdout.toString().split("\0");
  const paths = new Set<string>();
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const status = fields[index] ?? "";
    const path = fields[index + 1] ?? "";
    if (status.endsWith(" U")) throw unmerged(path);
    paths.add(path);
  }
  return paths;
}

function unmerged(path: string): PromptSyncError {
  return new PromptSyncError("WORK_IN_PROGRESS", `\`${path}\` is unmerged`, {
    hint: `solve the conflict, then \`git add ${path}\``,
    file: path,
  });
}
