import { createHash } from "node:crypto";
import type { Receipt } from "./apply/apply-plan.js";
import type { Repository } from "./git/repository.js";
import { keep, keptFile, readKept } from "./kept-file.js";

/** The registry's state files that were found to have no mistake anywhere. */
export interface SoundStates {
  /** Says whether exactly this text is known; never of one that is read as fast as remembered. */
  readonly has: (text: string) => boolean;
  readonly add: (text: string) => void;
  /** Adds what an edit of ours made of a known text: it changed nothing that it did not mean to. */
  readonly follow: (receipt: Receipt, path: string) => void;
}

/** Code units of a text that is read as a whole every time. */
const small = 2_048;
/** How many texts are remembered: those of a few branches. */
const limit = 64;

/**
 * Opens what is remembered in the git directory, by hash. `tool` is the version of the tool: what another one found
 * out does not count. Whoever deletes the file loses nothing; one that cannot be written is no error.
 */
export function openSoundStates(
  { gitDirectory }: Pick<Repository, "gitDirectory">,
  tool: string,
): SoundStates {
  const file = keptFile(gitDirectory, "sound-states");
  const entries = (): string[] => (readKept(file, tool)?.toString() ?? "").split("\n");
  const has = (text: string): boolean => text.length > small && entries().includes(hashOf(text));
  const add = (text: string): void => {
    if (text.length <= small) return;
    const entry = hashOf(text);
    const others = entries().filter((it) => it !== entry && it !== "");
    keep(file, tool, Buffer.from([...others.slice(1 - limit), entry].join("\n")));
  };
  return {
    has,
    add,
    follow: ({ changes }, path) => {
      const change = changes.find((it) => it.path === path);
      if (change?.before && change.after && has(change.before.toString())) add(change.after.toString());
    },
  };
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
