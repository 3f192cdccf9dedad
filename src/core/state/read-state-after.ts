import type { Steps } from "../steps.js";
import { readState, type StateFile, type StateText } from "./read-state.js";
import { createStateReader } from "./state-reader.js";

/**
 * Reads state files of which most is as in an earlier reading, in many small steps: parts that did not change are the
 * same objects again. Without an earlier reading, and for a layout of one's own, they are read as a whole.
 */
export function* readStateAfter(
  files: readonly StateFile[],
  home: string,
  previous: StateText | undefined,
): Steps<StateText> {
  if (previous === undefined) return readState(files, home);
  if (isSame(previous.files, files)) return previous;
  const reader = createStateReader();
  yield* reader.learn(previous);
  return yield* reader.steps(files, home);
}

function isSame(some: readonly StateFile[], others: readonly StateFile[]): boolean {
  if (some.length !== others.length) return false;
  return some.every(({ path, text }, index) => path === others[index]?.path && text === others[index].text);
}
