import type { Repository } from "./repository.js";
import { openLog, logArguments, logEnvironment, type HistoryCommit, type HistoryRange } from "./history.js";
import { gitFailed } from "./run.js";

/**
 * The commits that touched the paths, newest first, as many at a time as git has just found: whoever has seen enough
 * stops git too. `isLive` says that this is likely: each commit is told as soon as it is found, at the cost of waking up
 * for each. One git process; nothing on an unborn branch.
 */
export async function* streamHistory(
  { git, head }: Repository,
  range: HistoryRange,
  { isLive = false }: { readonly isLive?: boolean } = {},
): AsyncGenerator<readonly HistoryCommit[], void> {
  const from = range.from ?? head.commit;
  if (from === null) return;
  const args = logArguments(range, from);
  const child = git.start(args, {
    environment: { ...logEnvironment(range), ...(isLive ? { GIT_FLUSH: "1" } : {}) },
  });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (words: string) => (stderr += words));
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on("error", reject).on("close", resolve);
  });
  ended.catch(() => undefined); // awaited below, when nobody stopped early
  child.stdin.end();
  try {
    const log = openLog();
    let open = ""; // a field of which the end has not arrived
    for await (const chunk of child.stdout.setEncoding("utf8") as AsyncIterable<string>) {
      const fields = (open + chunk).split("\0");
      open = fields.pop() ?? "";
      yield log.read(fields);
    }
    const code = await ended;
    if (code !== 0) throw gitFailed(args, code, stderr);
    yield log.read([open]);
    yield log.end();
  } finally {
    child.kill();
  }
}
