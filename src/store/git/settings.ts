import type { Git } from "./run.js";

/** Git's configuration as it applies in one folder. Keys are lower-case except for the middle part, as git lists them. */
export interface Settings {
  /** The last value of a key; undefined when it is not set. */
  get(key: string): string | undefined;
  /** Whether a key is set to one of git's words for true. */
  isTrue(key: string): boolean;
  /** Every value of the keys that match. */
  matching(pattern: RegExp): readonly string[];
}

/** Reads the whole configuration in one git process. */
export async function readGitSettings(git: Git): Promise<Settings> {
  const { stdout } = await git.run(["config", "--list", "-z", "--includes"]);
  const entries = stdout
    .toString()
    .split("\0")
    .slice(0, -1)
    .map((record): [string, string] => {
      const end = record.indexOf("\n");
      // A key without a value means true.
      return end < 0 ? [record, "true"] : [record.slice(0, end), record.slice(end + 1)];
    });
  const last = new Map(entries);
  return {
    get: (key) => last.get(key),
    isTrue: (key) => /^(true|yes|on|[1-9]\d*)$/i.test(last.get(key) ?? ""),
    matching: (pattern) => entries.filter(([key]) => pattern.test(key)).map(([, value]) => value),
  };
}
